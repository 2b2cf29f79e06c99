#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the release and passes every test that does not need hours: unit, flows, limits, corpora, budgets, browser.
# test.sh unit: without the browser. The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/tally.sh

what=${1:-all}
step "setup" scripts/setup.sh test
step "release build" scripts/build.sh release
if built release; then
    tally_ctest release
    if [ "$what" = all ]; then
        step "node packages" scripts/npm-ci.sh deploy/demo tests/e2e
        tally_node "browser" tests/e2e/*.test.mjs
        step "demo" scripts/demo.sh --check
    fi
fi
summary
