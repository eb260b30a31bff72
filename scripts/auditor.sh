#!/bin/bash
# Builds the independent auditor Tests/Foreign/tlogcheck.go into .build/tlogcheck with Debian's Go and x/mod.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
command -v go >/dev/null || missing+=(golang-go)
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ] || missing+=(golang-golang-x-mod-dev)
if [ ${#missing[@]} -gt 0 ]; then
  echo "The auditor needs Go and its module x/mod from Debian. Please install:" >&2
  echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
mkdir -p .build
if [ .build/tlogcheck -nt Tests/Foreign/tlogcheck.go ]; then exit 0; fi
GO111MODULE=off GOPATH=/usr/share/gocode go build -o .build/tlogcheck Tests/Foreign/tlogcheck.go
