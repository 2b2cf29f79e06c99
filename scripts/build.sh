#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build.sh PRESET [TARGET...]: configures and builds. Where nobody watches, only what goes wrong is printed.
# SEKISHO_WERROR=ON in CI.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:?build.sh PRESET [TARGET...]}
shift
options=()
if [ -n "${SEKISHO_WERROR:-}" ]; then options+=("-DSEKISHO_WERROR=$SEKISHO_WERROR"); fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake --preset "$preset" "${options[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
echo "build: $preset${*:+: $*}" >&2
quiet=()
if [ ! -t 2 ]; then quiet=(-- --quiet); fi
cmake --build --preset "$preset" ${1:+--target "$@"} "${quiet[@]}" >&2
