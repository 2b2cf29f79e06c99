#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures what sekisho with a live session costs against nginx without any authentication, both before the same nginx,
# interleaved in one run. Takes about four minutes; --quick one. --json FILE also writes the numbers.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
scripts/build.sh release sekisho
scripts/npm-ci.sh deploy/demo
exec python3 tests/performance/bench.py --binary "${SEKISHO_BINARY:-build/release/sekisho}" "$@"
