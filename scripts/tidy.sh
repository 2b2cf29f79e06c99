#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over the C++ files that differ from REF (HEAD~1), or over those named: tidy.sh [REF | FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."

tidy=$(command -v clang-tidy-19 || command -v clang-tidy-20 || command -v clang-tidy)
if [ -f "${1:-}" ]; then
    files=("$@")
else
    mapfile -t files < <(git diff --name-only --diff-filter=AM "${1:-HEAD~1}" -- 'src/*.cpp')
fi
if [ ${#files[@]} -eq 0 ]; then exit 0; fi
[ -e build/dev/compile_commands.json ] || cmake --preset dev >/dev/null
# Precompiled headers belong to the compiler that made them.
"$tidy" --quiet -p build/dev --extra-arg=-Wno-unknown-warning-option "${files[@]}"
