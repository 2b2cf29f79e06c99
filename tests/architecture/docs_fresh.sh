#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Holds the generated documents against what the built program prints; with --write brings them up to date.
#   docs_fresh.sh path/to/sekisho [--write]
set -eu

sekisho=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
stale=0

document() # what, file
{
    "$sekisho" config "$1" >"$fresh"
    if [ "${write:-no}" = yes ]; then
        mkdir -p "$(dirname "$root/$2")"
        cat "$fresh" >"$root/$2"
    elif ! diff -u "$root/$2" "$fresh"; then
        echo "$2 is out of date: run tests/architecture/docs_fresh.sh $sekisho --write" >&2
        stale=1
    fi
}

[ "${2:-}" != --write ] || write=yes
document reference docs/configuration.md
document schema docs/configuration.schema.json
document example config/sekisho.example.yaml
document errors docs/errors.md
document errors-ja docs/ja/errors.md
exit $stale
