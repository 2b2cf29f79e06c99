#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes the documents that the program knows best; with --check fails when they are not what it would write.
set -euo pipefail
cd "$(dirname "$0")/.."

sekisho=${SEKISHO_BINARY:-build/release/sekisho}
if [ ! -x "$sekisho" ]; then
    echo "docs: $sekisho is not built (scripts/build.sh release sekisho)" >&2
    exit 1
fi

# document FILE ARGUMENTS...: what `sekisho ARGUMENTS` prints is FILE.
document() {
    local file=$1
    shift
    if [ "$mode" = --check ]; then
        if ! "$sekisho" "$@" | diff -u --label "$file" --label "sekisho $*" "$file" - >&2; then
            echo "docs: $file is stale: run scripts/docs.sh" >&2
            stale=1
        fi
    else
        "$sekisho" "$@" >"$file.new"
        mv "$file.new" "$file"
    fi
}

mode=${1:-write}
stale=0
document docs/configuration.md config reference
document docs/configuration.schema.json config schema
document config/sekisho.example.yaml config example
document docs/errors.md config errors
exit "$stale"
