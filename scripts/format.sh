#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Formats every C++ file of src/ and tests/; with --check only says which ones would change. Files may be named.
set -euo pipefail
cd "$(dirname "$0")/.."

# Each version formats a little differently, so only one counts.
formatter=$(command -v clang-format-19 || command -v clang-format || true)
if [ -z "$formatter" ] || ! "$formatter" --version | grep -q 'version 19\.'; then
    echo "format: clang-format 19 is not here (scripts/setup.sh test installs it)" >&2
    exit 1
fi
mode=(-i)
if [ "${1:-}" = --check ]; then
    mode=(--dry-run -Werror)
    shift
fi
if [ $# -gt 0 ]; then
    files=("$@")
else
    mapfile -t files < <(find src tests -name node_modules -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print | sort)
fi
if [ ${#files[@]} -eq 0 ]; then
    echo "format: no files" >&2
    exit 1
fi
"$formatter" "${mode[@]}" "${files[@]}"
