#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# fuzz.sh TARGET [SECONDS]: live fuzzing from the kept corpus (build/fuzz must be built). New inputs go to build/corpus;
# one that breaks something goes to build/crashes and fails.
set -euo pipefail
cd "$(dirname "$0")/.."

name=${1:?fuzz.sh TARGET [SECONDS]}
seconds=${2:-60}
mkdir -p "build/corpus/$name" build/crashes
log=build/corpus/$name.log
if ! "build/fuzz/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 \
    -artifact_prefix="build/crashes/$name-" "build/corpus/$name" $([ -d "tests/fuzz/corpus/$name" ] && echo "tests/fuzz/corpus/$name") \
    >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "fuzz: $name broke; its input is in build/crashes" >&2
    exit 1
fi
echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs, nothing found"
