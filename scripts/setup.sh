# Sourced by ./run, ./test and ./bench: installs what a fresh machine lacks, and says what it does.

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# One target folder for every clone, so that dependencies are built once.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/sauro/target}"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# need_debian COMMAND PACKAGE…: installs PACKAGE… when COMMAND is not there.
need_debian() {
    local command=$1; shift
    command -v "$command" >/dev/null 2>&1 && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Thiếu $command. Cài gói: $* rồi chạy lại."
        exit 1
    fi
    say "Cài $* (thiếu $command)"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# need_mail_server: Debian's aiosmtpd, which the tests of mail are sent to.
need_mail_server() {
    local python
    for python in python3 /usr/bin/python3; do
        "$python" -c 'import aiosmtpd' >/dev/null 2>&1 && return 0
    done
    need_debian aiosmtpd_is_never_on_the_path python3-aiosmtpd
}

# need_clamd: Debian's scanner for malware, which uploads are sent to in a test. It lies where not every PATH looks.
need_clamd() {
    export PATH="$PATH:/usr/sbin"
    need_debian clamd clamav-daemon
}

# need_imap_server: Debian's Dovecot, which the tests of mailboxes read from. None is started or configured.
need_imap_server() {
    if [ -x /usr/sbin/dovecot ] || [ -x /usr/local/sbin/dovecot ]; then return 0; fi
    without_starting need_debian dovecot_is_never_on_the_path dovecot-imapd openssl
}

# need_sms_gateway: Debian's Kannel, with its stand-in for an operator, which the tests of short messages hand over to.
need_sms_gateway() {
    if [ -x /usr/sbin/bearerbox ] && [ -x /usr/lib/kannel/test/fakesmsc ]; then return 0; fi
    without_starting need_debian kannel_is_never_on_the_path kannel kannel-extras
}

# without_starting COMMAND…: packages that COMMAND installs start no server of their own.
without_starting() {
    local policy=/usr/sbin/policy-rc.d made=
    if [ ! -e "$policy" ] && command -v apt-get >/dev/null 2>&1; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy" && made=1
    fi
    "$@"
    if [ -n "$made" ]; then as_root rm -f "$policy"; fi
}

# need_georeport: an Open311 client from PyPI, in a folder of its own beside the other caches; exports SAURO_GEOREPORT.
need_georeport() {
    local home="${XDG_CACHE_HOME:-$HOME/.cache}/sauro/georeport-0.3.1"
    export SAURO_GEOREPORT="$home/bin/python"
    if [ -f "$home/installed" ]; then return 0; fi
    need_debian python3 python3
    python3 -c 'import ensurepip' 2>/dev/null || need_debian ensurepip_is_never_on_the_path python3-venv
    say "Cài georeport 0.3.1 (máy khách Open311 từ PyPI) vào $home"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check georeport==0.3.1 requests==2.34.2 xmltodict==0.14.2
    touch "$home/installed"
}

# need_nginx: hands out the mirror in a test, by a configuration of its own. None is started.
need_nginx() {
    if [ -x /usr/sbin/nginx ]; then return 0; fi
    without_starting need_debian nginx_is_never_on_the_path nginx-light
}

need_rust() {
    if ! command -v cargo >/dev/null 2>&1; then
        say "Thiếu Rust 1.95 trở lên. Cài theo https://rustup.rs rồi chạy lại."
        exit 1
    fi
    need_debian cc build-essential
}

# npm_folder FOLDER: installs the locked packages of FOLDER when the lock has changed.
npm_folder() {
    local folder=$1 stamp=$1/node_modules/.sauro-lock
    need_debian npm nodejs npm
    if ! cmp -s "$folder/package-lock.json" "$stamp" 2>/dev/null; then
        say "Cài gói npm của $folder"
        npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error
        cp "$folder/package-lock.json" "$stamp"
    fi
}

# Bundles CSS, scripts, fonts and icons into ui/dist, and the faces of papers into ui/dist-paper, when a source is newer than the bundle.
build_ui() {
    npm_folder ui
    if [ ! -f ui/dist/manifest.json ] || [ ! -f ui/dist-paper/bvp-700.ttf ] || [ -n "$(find ui -path ui/dist -prune -o -path ui/node_modules -prune -o -type f -newer ui/dist/manifest.json -print -quit)" ]; then
        say "Đóng gói giao diện"
        npm --prefix ui run --silent build
    fi
}

# Starts a PostgreSQL of our own in a temporary folder, on a free port, and exports SAURO_TEST_POSTGRES.
# It does not wait for the disk, since its data never outlive the run; PG_OPTIONS= says otherwise.
start_postgres() {
    if [ -n "${SAURO_TEST_POSTGRES:-}" ]; then return 0; fi
    local bin
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
        need_debian pg_ctl_is_never_on_the_path postgresql
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    fi
    pg_home=$(mktemp -d "${TMPDIR:-/tmp}/sauro-pg.XXXXXX")
    pg_run=()
    if [ "$(id -u)" = 0 ]; then
        # PostgreSQL refuses to run as root.
        chown postgres "$pg_home"
        pg_run=(runuser -u postgres --)
    fi
    pg_bin=$bin
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM % 20000)))
    say "Khởi động PostgreSQL riêng cho phép thử, cổng $port"
    (cd / && "${pg_run[@]}" "$bin/initdb" -D "$pg_home/data" -U postgres -A trust -E UTF8 --no-locale >/dev/null)
    (cd / && "${pg_run[@]}" "$bin/pg_ctl" -D "$pg_home/data" -w -l "$pg_home/log" \
        -o "-p $port -k $pg_home -c listen_addresses=127.0.0.1 -c max_connections=400 -c shared_buffers=256MB ${PG_OPTIONS--c fsync=off -c full_page_writes=off}" start >/dev/null)
    export SAURO_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port"
}

stop_postgres() {
    [ -n "${pg_home:-}" ] || return 0
    (cd / && "${pg_run[@]}" "$pg_bin/pg_ctl" -D "$pg_home/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$pg_home"
}
