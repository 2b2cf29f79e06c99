# SPDX-License-Identifier: Apache-2.0
# Sourced by test.sh and .ci/run: runs things, goes on after a failure, counts, and says so in one line at the end.
passed=0
failed=0
failures=()
reports=build/reports
mkdir -p "$reports"

note() { printf '\n== %s\n' "$*"; }
count() { # count NAME PASSED FAILED
    passed=$((passed + $2))
    failed=$((failed + $3))
    if [ "$3" -gt 0 ]; then failures+=("$1"); fi
}

# step NAME COMMAND...: one thing that passes or fails.
step() {
    local name=$1 begun=$SECONDS
    shift
    note "$name"
    if "$@"; then count "$name" 1 0; else count "$name" 0 1; fi
    printf '%s: %d s\n' "$name" $((SECONDS - begun))
}

built() { [ -x "build/$1/sekisho" ]; }

# tally_ctest PRESET [ctest options...]: every test counts.
tally_ctest() {
    local preset=$1 report total bad
    shift
    report=$PWD/$reports/ctest-$preset.xml
    note "tests: $preset"
    rm -f "$report"
    ctest --preset "$preset" --output-junit "$report" --timeout 600 "$@" 2>&1 | tail -n 60
    total=$(sed -n 's/.*[^a-z]tests="\([0-9]*\)".*/\1/p' "$report" 2>/dev/null | head -n 1)
    bad=$(sed -n 's/.*failures="\([0-9]*\)".*/\1/p' "$report" 2>/dev/null | head -n 1)
    if [ "${total:-0}" = 0 ]; then
        count "tests: $preset (none ran)" 0 1
    else
        count "tests: $preset" $((total - bad)) "$bad"
    fi
}

# tally_node NAME FILES...: Node's test runner; every test counts.
tally_node() {
    local name=$1 report=$reports/node-$1.txt good bad
    shift
    note "tests: $name"
    node --test --test-reporter=tap --test-reporter-destination="$report" "$@"
    good=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$report" | tail -n 1)
    bad=$(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$report" | tail -n 1)
    if [ "${bad:-1}" != 0 ]; then cat "$report"; else grep -E '^(# Subtest|ok|    ok)' "$report" | grep -v Subtest | cut -c1-110; fi
    if [ "${good:-0}" = 0 ] && [ "${bad:-0}" = 0 ]; then
        count "tests: $name (none ran)" 0 1
    else
        count "tests: $name" "${good:-0}" "${bad:-1}"
    fi
}

# The last line of a run, and its exit status.
summary() {
    if [ ${#failures[@]} -gt 0 ]; then printf '\nfailed: %s\n' "${failures[@]}"; fi
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
