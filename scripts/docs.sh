#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the documents that the program knows best; with --check fails when they are not what it would write.
set -eu
cd "$(dirname "$0")/.."

sekisho=${SEKISHO_BINARY:-build/release/sekisho}
if [ ! -x "$sekisho" ]; then
    echo "docs: $sekisho is not built (scripts/build.sh release sekisho)" >&2
    exit 1
fi
if [ "${1:-}" = --check ]; then
    exec tests/architecture/docs_fresh.sh "$sekisho"
fi
exec tests/architecture/docs_fresh.sh "$sekisho" --write
