#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every shell script parses in its own shell, every Python and JavaScript file compiles, every script is executable.
set -uo pipefail
cd "$(dirname "$0")/.."

bad=0
complain() { echo "$1" >&2; bad=1; }

while IFS= read -r file; do
    read -r first <"$file" || true
    case $first in
    '#!/bin/sh'*) sh -n "$file" || complain "$file: does not parse" ;;
    '#!'*bash*) bash -n "$file" || complain "$file: does not parse" ;;
    esac
    case $first in '#!'*) [ -x "$file" ] || complain "$file: has a first line but is not executable" ;; esac
done < <(git ls-files scripts .ci deploy tests)

while IFS= read -r file; do
    python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' "$file" || complain "$file: does not parse"
done < <(git ls-files '*.py')

while IFS= read -r file; do
    node --check "$file" || complain "$file: does not parse"
done < <(git ls-files '*.mjs')
exit "$bad"
