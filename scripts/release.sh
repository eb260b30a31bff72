#!/bin/bash
# Builds one stripped program that needs no Swift on the machine, and tries it in an empty folder.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p out
build=(swift build -c release --product systemic --static-swift-stdlib --scratch-path .build/static)
"${build[@]}"
cp "$("${build[@]}" --show-bin-path)/systemic" out/systemic
strip out/systemic

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp out/systemic "$place/"
cd "$place"
./systemic --version
./systemic law due --rule 'ai-act/52/1' --from 2026-11-20 --as-of 2026-11-20 >due.txt
grep -q 'alarm' due.txt
printf 'model,params_total,tokens\nx,405B,15.6T\n' | ./systemic classify --csv - >rows.jsonl
grep -q '"exceeds_1e25":"yes"' rows.jsonl
cd - >/dev/null
python3 scripts/parts.py out/systemic.cdx.json
echo "out/systemic: $(du -h out/systemic | cut -f 1), tried in an empty folder"
