#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds sekisho and runs it between a certified OpenID provider and a small application, until Ctrl-C.
#   --method pkce|code|implicit   how to sign in (pkce)
#   --port N, --admin-port N, --provider-port N, --application-port N   8080, 9090, 4000, 3000; a taken one is replaced
#   --check                       sign in once by script and end: exit status 0 when it worked
set -euo pipefail
cd "$(dirname "$0")/.."

case " $* " in *' --help '* | *' -h '*)
    sed -n '3,6s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac

scripts/setup.sh demo
scripts/build.sh release sekisho
scripts/npm-ci.sh deploy/demo
exec node deploy/demo/demo.mjs --binary "${SEKISHO_BINARY:-build/release/sekisho}" "$@"
