#!/usr/bin/env bash
# Installs what the tests need beside a Rust toolchain: a C compiler, Chromium, Firefox, nginx, Varnish, valgrind, kill(1),
# and a check for unused dependencies.
# For Debian and its like; run it as root. What is there already is left alone.
set -euo pipefail

packages=()
command -v cc >/dev/null || packages+=(gcc libc6-dev)
command -v cmake >/dev/null || packages+=(cmake)
command -v chromium >/dev/null || packages+=(chromium)
command -v nginx >/dev/null || packages+=(nginx)
command -v varnishd >/dev/null || packages+=(varnish)
command -v valgrind >/dev/null || packages+=(valgrind)
command -v firefox-esr >/dev/null || packages+=(firefox-esr)
[ -x /bin/kill ] || packages+=(procps)
if [ "${#packages[@]}" -gt 0 ]; then
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"
fi

command -v cargo-machete >/dev/null || cargo install --locked cargo-machete@0.9.2
