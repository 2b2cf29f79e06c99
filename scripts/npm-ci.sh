#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# npm-ci.sh FOLDER...: installs what each folder's lock file pins, only when it is not already there.
set -euo pipefail
cd "$(dirname "$0")/.."

for folder in "$@"; do
    if cmp -s "$folder/package-lock.json" "$folder/node_modules/.sekisho-lock"; then continue; fi
    echo "npm ci: $folder" >&2
    (cd "$folder" && npm ci --loglevel=error >/dev/null)
    cp "$folder/package-lock.json" "$folder/node_modules/.sekisho-lock"
done
