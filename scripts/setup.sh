#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what building and trying sekisho needs on Debian 12, Debian 13 or Ubuntu 24.04.
#   setup.sh build   to build and to pass the unit tests   setup.sh demo   build, and npm for the provider
#   setup.sh test    demo, and the browser's tests          setup.sh run    only what the built program needs
#   setup.sh interop test, and the real providers of scripts/interop.sh (Debian 12 or 13)
# Asks apt for nothing when nothing is missing. Needs root, or sudo.
set -eu

group=${1:-build}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

have() { dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^[hi]i'; }
installable() { apt-cache show --no-all-versions "$1" 2>/dev/null | grep -q '^Package:'; }
say() { printf 'setup: %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo --preserve-env=DEBIAN_FRONTEND,LC_ALL "$@"
    else
        say "packages are missing and neither root nor sudo is here to install them: $*"
        exit 1
    fi
}

# One line per need: alternatives separated by |, first that is installed, else the first that apt offers, wins.
# A '+' joins packages that only make sense together. A line that starts with '?' may stay unmet.
build_needs='
ca-certificates
cmake
ninja-build
ccache
python3
clang-19+libclang-rt-19-dev|clang-20+libclang-rt-20-dev|g++-15|g++-14
?lld-19|lld-20|lld
libboost1.81-dev|libboost1.83-dev|libboost-dev
libboost-url1.81-dev|libboost-url1.83-dev|libboost-url-dev
libssl-dev
libspdlog-dev
libfmt-dev
nlohmann-json3-dev
libyaml-cpp-dev
libre2-dev
libhiredis-dev
libcli11-dev
libkainjow-mustache-dev
libcpp-jwt-dev
libargon2-dev
catch2
command:node=nodejs
'
demo_needs='
command:npm=npm
curl
'
test_needs='
command:chromium=chromium|chromium-browser
fonts-noto-cjk
git
nginx-light|nginx
openssl
procps
redis-server
valgrind
wrk
?clang-format-19
?clang-tidy-19|clang-tidy-20|clang-tidy
'
# The portal of LemonLDAP::NG only recommends what its OpenID Connect issuer needs.
interop_needs='
command:java=openjdk-17-jre-headless|openjdk-21-jre-headless
command:keytool=openjdk-17-jre-headless|openjdk-21-jre-headless
command:mvn=maven
glewlwyd
sqlite3
liblemonldap-ng-portal-perl
libcrypt-openssl-bignum-perl
libcrypt-openssl-rsa-perl
libcrypt-openssl-x509-perl
libio-string-perl
libplack-perl
libstring-random-perl
'
run_needs='
ca-certificates
libboost-url1.81.0|libboost-url1.83.0|libboost-url1.88.0
libssl3|libssl3t64
libspdlog1.10|libspdlog1.12|libspdlog1.15
libfmt9|libfmt10
libyaml-cpp0.7|libyaml-cpp0.8
libre2-9|libre2-10|libre2-11
libhiredis0.14|libhiredis1.1.0
libargon2-1
'

case $group in
build) needs=$build_needs ;;
demo) needs=$build_needs$demo_needs ;;
test) needs=$build_needs$demo_needs$test_needs ;;
interop) needs=$build_needs$demo_needs$test_needs$interop_needs ;;
run) needs=$run_needs ;;
*)
    say "'$group' is not a group: expected build, demo, test, interop or run"
    exit 2
    ;;
esac

have_all() { for package in $(echo "$1" | tr + ' '); do have "$package" || return 1; done; }
installable_all() { for package in $(echo "$1" | tr + ' '); do installable "$package" || return 1; done; }

# "command:npm=npm": satisfied by any command of that name, since not every one comes from a package of this system.
is_met() {
    case $1 in command:*)
        name=${1#command:}
        command -v "${name%%=*}" >/dev/null && return 0
        ;;
    esac
    for choice in $(echo "$1" | sed 's/^?//; s/^command:[^=]*=//' | tr '|' ' '); do
        have_all "$choice" && return 0
    done
    return 1
}

missing=
for need in $needs; do
    is_met "$need" || missing="$missing $need"
done
[ -n "$missing" ] || exit 0

# Optional needs alone are no reason to ask the network again and again.
required=$(for need in $missing; do case $need in \?*) ;; *) echo "$need" ;; esac; done)
mark=/var/lib/sekisho-setup.optional
[ -n "$required" ] || [ ! -e "$mark" ] || exit 0

say "reading the package lists"
as_root apt-get update -q >/dev/null
chosen=
for need in $missing; do
    found=
    for choice in $(echo "$need" | sed 's/^?//; s/^command:[^=]*=//' | tr '|' ' '); do
        if installable_all "$choice"; then
            found=$(echo "$choice" | tr + ' ')
            break
        fi
    done
    case $found,$need in
    ,\?*) as_root touch "$mark" ;;
    ,*)
        say "this system offers none of: $need"
        exit 1
        ;;
    *) chosen="$chosen $found" ;;
    esac
done
if [ -n "$chosen" ]; then
    say "installing$chosen"
    # shellcheck disable=SC2086
    as_root apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 $chosen >/dev/null
fi
