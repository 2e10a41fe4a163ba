#!/bin/sh
# Installs what the tests need beside Rust: a headless Chromium, which plays the visitor. Debian and its kin; needs root.
set -eu

if [ "$(id -u)" -ne 0 ]; then
    exec sudo "$0" "$@"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends chromium
