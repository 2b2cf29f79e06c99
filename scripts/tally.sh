# SPDX-License-Identifier: Apache-2.0
# Sourced by test.sh and .ci/run: runs things, goes on after a failure, counts, and says so in one line at the end.
# SEKISHO_DEADLINE (seconds since the epoch): what is not done by then is ended and counts as failed.
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

seconds_left() { echo $((${SEKISHO_DEADLINE:-0} - $(date +%s))); }

# bounded COMMAND...: ends it at the deadline. A function is run as it is; what it calls is bounded where it calls it.
bounded() {
    local left
    if [ -z "${SEKISHO_DEADLINE:-}" ] || [ "$(type -t "$1")" = function ]; then
        "$@"
        return
    fi
    left=$(seconds_left)
    timeout --kill-after=20 $((left > 1 ? left : 1)) "$@"
}

# step NAME COMMAND...: one thing that passes or fails.
step() {
    local name=$1 begun=$SECONDS
    shift
    note "$name"
    if bounded "$@"; then count "$name" 1 0; else count "$name" 0 1; fi
    printf '%s: %d s\n' "$name" $((SECONDS - begun))
}

built() { [ -x "build/$1/sekisho" ]; }

# what_failed LOG: what the failed tests of a ctest run printed, without the program's own log lines and the passed tests.
what_failed() {
    grep -vE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T|(Passed|Start +[0-9]+:)' "$1" | head -c 20000
    echo
    tail -n 20 "$1"
}

# tally_ctest PRESET [ctest options...]: every test counts. A test whose program was not built is a failed one, which the
# JUnit report calls skipped; so the last lines that ctest prints are what counts.
tally_ctest() {
    local preset=$1 log=$reports/ctest-$1.log total bad skipped
    shift
    note "tests: $preset"
    bounded ctest --preset "$preset" --output-junit "$PWD/${log%.log}.xml" --timeout 600 "$@" >"$log" 2>&1
    if grep -q '^100% tests passed' "$log"; then tail -n 6 "$log"; else what_failed "$log"; fi
    read -r bad total < <(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$log" | tail -n 1)
    skipped=$(grep -cE '^\s+[0-9]+ - .* \(Skipped\)$' "$log")
    if [ "${total:-0}" = 0 ]; then
        count "tests: $preset (it did not end, or none ran)" 0 1
    else
        count "tests: $preset" $((total - bad - skipped)) "$bad"
    fi
}

# tally_node NAME FILES...: Node's test runner; every test counts.
tally_node() {
    local name=$1 report=$reports/node-$1.txt good bad status=0
    shift
    note "tests: $name"
    rm -f "$report"
    bounded node --test --test-reporter=tap --test-reporter-destination="$report" "$@" || status=$?
    good=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$report" 2>/dev/null | tail -n 1)
    bad=$(sed -n 's/^# \(fail\|cancelled\) \([0-9]*\)$/\2/p' "$report" 2>/dev/null | paste -sd+ | sed 's/^$/0/')
    bad=$((bad))
    if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
    if [ "$bad" != 0 ]; then
        cat "$report" 2>/dev/null
    else
        grep -E '^ *ok ' "$report" | cut -c1-110
    fi
    if [ "${good:-0}" = 0 ] && [ "$bad" = 0 ]; then
        count "tests: $name (none ran)" 0 1
    else
        count "tests: $name" "${good:-0}" "$bad"
    fi
}

# The last line of a run, and its exit status.
summary() {
    echo
    if [ ${#failures[@]} -gt 0 ]; then printf 'failed: %s\n' "${failures[@]}"; fi
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
