#!/bin/bash
# Runs every fuzz target for FUZZ_SECONDS (20) on its corpus, two at a time. What crashes is kept in
# Fuzz/Crashes/, what is new in Fuzz/Corpus/new/ (never committed). Names as arguments: only those.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-20}
all="quantity time json entry yaml overlay model table incidents official-text
  hook-jira-cloud hook-servicenow hook-standard
  intake intake-csv intake-jsonl intake-aiid intake-aiaaic intake-avid intake-atlas intake-stix intake-mail
  log-hf-trainer log-megatron log-llmc log-nanogpt log-sacct log-dcgm log-wandb log-csv log-jsonl"
targets=${*:-$all}

mkdir -p Fuzz/.build Fuzz/Crashes
clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
[ -x "$clang" ] || clang=clang
"$clang" -c -O1 -fPIC Fuzz/Stubs/coverage.c -o Fuzz/.build/coverage.o
swift build --package-path Fuzz --product fuzz -Xswiftc -Xfrontend -Xswiftc -sanitize=fuzzer \
  -Xlinker "$PWD/Fuzz/.build/coverage.o"
fuzz=$(swift build --package-path Fuzz --show-bin-path)/fuzz

one() {
  local name=$1 log
  log=$(mktemp)
  mkdir -p "Fuzz/Corpus/new/$name" "Fuzz/Corpus/$name"
  if FUZZ_TARGET=$name "$fuzz" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
    -rss_limit_mb=2048 -use_value_profile=1 -verbosity=1 \
    -artifact_prefix="Fuzz/Crashes/$name-" "Fuzz/Corpus/new/$name" "Fuzz/Corpus/$name" \
    </dev/null >"$log" 2>&1; then
    echo "fuzz $name: $(grep -E '^Done ' "$log" || echo 'done'), nothing found"
    rm -f "$log"
  else
    echo "fuzz $name: FAILED"
    tail -n 40 "$log"
    rm -f "$log"
    return 1
  fi
}
export -f one
# Swift's own report of a crash would keep libFuzzer from saving the input.
export SWIFT_BACKTRACE=enable=no
export fuzz seconds
printf '%s\n' $targets | xargs -P "$(nproc)" -I NAME bash -c 'one NAME'
