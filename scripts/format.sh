#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Formats every C++ file that git knows; with --check only says which ones would change. Files may be named.
set -euo pipefail
cd "$(dirname "$0")/.."

formatter=$(command -v clang-format-19 || command -v clang-format-20 || command -v clang-format || true)
if [ -z "$formatter" ]; then
    echo "format: no clang-format here (scripts/setup.sh test installs it)" >&2
    exit 1
fi
mode=(-i)
if [ "${1:-}" = --check ]; then
    mode=(--dry-run -Werror)
    shift
fi
if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(git ls-files '*.cpp' '*.hpp'); fi
if [ ${#files[@]} -eq 0 ]; then exit 0; fi
"$formatter" "${mode[@]}" "${files[@]}"
