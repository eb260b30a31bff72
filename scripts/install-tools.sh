#!/bin/bash
# Installs the system packages that are missing: scripts/install-tools.sh [swift] [python] [proof] [office] [bench] [browser]
# Asks before it uses sudo; as root, or with CI=true, it does not ask.
set -euo pipefail

packages=()
need() { # need PACKAGE TEST...: the package, unless the test succeeds
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || packages+=("$package")
}

for part in "$@"; do
  case $part in
    swift)
      need git command -v git
      need libsqlite3-dev test -f /usr/include/sqlite3.h
      ;;
    proof) # what other people's tools need to check the journal
      need golang-go command -v go
      need golang-golang-x-mod-dev test -d /usr/share/gocode/src/golang.org/x/mod/sumdb
      need openssl command -v openssl
      need sqlite3 command -v sqlite3
      need strace command -v strace
      ;;
    office) # what makes files for word processors and paper, what reads them back, and what sends mail
      need pandoc command -v pandoc
      need rsyslog command -v rsyslogd
      need rsyslog-openssl sh -c 'ls /usr/lib/*/rsyslog/lmnsd_ossl.so'
      need weasyprint command -v weasyprint
      need fonts-liberation test -d /usr/share/fonts/truetype/liberation
      need fonts-dejavu-core test -d /usr/share/fonts/truetype/dejavu
      need poppler-utils command -v pdftotext
      need unzip command -v unzip
      need curl command -v curl
      ;;
    bench)
      need postgresql-15 test -x /usr/lib/postgresql/15/bin/pgbench
      need util-linux command -v taskset
      need wrk command -v wrk
      need procps command -v ps
      ;;
    drill)
      need faketime command -v faketime
      ;;
    browser)
      need chromium command -v chromium
      need fonts-liberation test -d /usr/share/fonts/truetype/liberation
      ;;
    python)
      need curl command -v curl
      need jq command -v jq
      need python3 command -v python3
      need python3-venv python3 -c 'import ensurepip, venv'
      ;;
    *)
      echo "usage: $0 [swift] [python] [proof] [office] [bench] [browser] [drill]" >&2
      exit 64
      ;;
  esac
done

if [ ${#packages[@]} -gt 0 ]; then
  install=(apt-get install --yes --no-install-recommends "${packages[@]}")
  if ! command -v apt-get >/dev/null; then
    echo "Please install: ${packages[*]} (there is no apt-get here)" >&2
    exit 1
  fi
  sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo=(sudo)
    if [ "${CI:-}" = true ]; then
      sudo=(sudo --non-interactive)
    else
      echo "Missing: ${packages[*]}. This would run: sudo ${install[*]}"
      read -r -p "Go on? [y/N] " answer
      case $answer in
        y | Y | yes) ;;
        *)
          echo "Nothing was installed." >&2
          exit 1
          ;;
      esac
    fi
  fi
  "${sudo[@]}" apt-get update
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" "${install[@]}"
fi

for part in "$@"; do
  [ "$part" = swift ] || continue
  if ! command -v swift >/dev/null; then
    echo "Swift 6.2 or newer is needed: see https://www.swift.org/install/linux/" >&2
    exit 1
  fi
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
  read -r major minor <<<"${version:-0 0}"
  if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
    echo "Swift 6.2 or newer is needed, this is $major.$minor: see https://www.swift.org/install/linux/" >&2
    exit 1
  fi
done
