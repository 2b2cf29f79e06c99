#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# interop.sh [PROVIDER...]: sekisho before real providers, all when none is named; each is tests/interop/PROVIDER.test.mjs.
# oidc-provider is tried with every client authentication, and by itself with pushed, signed and encrypted messages, with DPoP,
# kept to FAPI 2.0 (fapi) and as one that registers clients (registration); sessions is renewals and endings at Keycloak and
# oidc-provider, and many-renewals a thousand sessions. Installs what they need; Keycloak is kept in SEKISHO_INTEROP_CACHE
# (~/.cache/sekisho-interop). The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/tally.sh

keycloak=26.4.5
cache=${SEKISHO_INTEROP_CACHE:-${HOME:-/tmp}/.cache/sekisho-interop}
export KEYCLOAK_HOME=$cache/keycloak-$keycloak

all=(
    oidc-provider oidc-provider-messages oidc-provider-dpop fapi registration
    keycloak glewlwyd lemonldap sessions many-renewals
)
if [ $# = 0 ]; then set -- "${all[@]}"; fi
for provider in "$@"; do
    if [[ ! " ${all[*]} " =~ " $provider " ]]; then
        echo "interop: '$provider' is not a provider: expected one of ${all[*]}" >&2
        exit 2
    fi
done

# By Maven's client and its own settings; unpacked once, and built once for the options that do not change.
fetch_keycloak() {
    local archive=keycloak-quarkus-dist-$keycloak.tar.gz
    if [ -e "$KEYCLOAK_HOME/.sekisho-built" ]; then return; fi
    mkdir -p "$cache"
    bounded mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
        "-Dartifact=org.keycloak:keycloak-quarkus-dist:$keycloak:tar.gz" "-DoutputDirectory=$cache" || return
    rm -rf "$KEYCLOAK_HOME"
    tar -xzf "$cache/$archive" -C "$cache" || return
    rm "$cache/$archive"
    bounded "$KEYCLOAK_HOME/bin/kc.sh" build --db=dev-mem --https-client-auth=request >/dev/null || return
    touch "$KEYCLOAK_HOME/.sekisho-built"
}

step "setup for real providers" scripts/setup.sh interop
step "node packages for real providers" scripts/npm-ci.sh deploy/demo tests/e2e
if [[ " $* " =~ " keycloak "|" sessions " ]]; then step "Keycloak $keycloak" fetch_keycloak; fi
for provider in "$@"; do
    tally_node "$provider" "tests/interop/${provider//-/_}.test.mjs"
done
summary
