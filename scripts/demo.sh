#!/bin/bash
# scripts/demo.sh PROGRAM: classifies the examples into out/ and shows what came of it.
set -euo pipefail
cd "$(dirname "$0")/.."
systemic=$1
mkdir -p out
rm -f out/*.md out/*.html out/*.jsonl

echo
echo "A table of published models: examples/models.csv"
"$systemic" classify --csv examples/models.csv --output out/models.jsonl
count() { grep -c "\"systemic_presumed\":$1" out/models.jsonl || true; }
echo "  $(wc -l <out/models.jsonl) models: $(count '"yes"') presumed to have systemic risk, $(count '"no"') not," \
  "$(count '"undetermined"') undetermined, $(count null) where the question does not arise"

echo
echo "Opinions on single models: examples/*.yaml"
for file in examples/*.yaml; do
  name=$(basename "$file" .yaml)
  status=0
  sentence=$("$systemic" classify "$file" --format markdown --output "out/$name.md") || status=$?
  case $status in 0 | 10 | 20) ;; *) exit 1 ;; esac
  "$systemic" classify "$file" --format html --output "out/$name.html" >/dev/null || [ $? -eq "$status" ]
  printf '%s\n' "$sentence" | fold -s -w 90 | sed 's/^/  /'
done

echo
echo "Training logs: examples/logs"
tell() { # tell FILE OPTION...: imports a log and shows compute and GPU hours
  local answer
  answer=$("$systemic" compute import "examples/logs/$1" "${@:2}" --format json)
  printf '%s\n' "$answer" >>out/logs.jsonl
  local flop hours
  flop=$(sed -E 's/.*"flop":"?([0-9a-z]+)"?.*/\1/' <<<"$answer")
  hours=$(sed -E 's/.*"gpu_hours":([0-9a-z]+\.?[0-9]{0,2}).*/\1/' <<<"$answer")
  printf '  %-26s %24s FLOP %10s GPU hours\n' "$1" "${flop/null/unknown}" "${hours/null/unknown}"
}
tell tiny-trainer_state.json --gpus 1
tell tiny-nanogpt.log --params 124672 --gpus 1
tell megatron-example.log --params 7B --tokens-per-step 4194304 --gpus 64
tell llmc-example.log --params 124M --tokens-per-step 524288 --gpus 8
tell llmc-console-example.log --params 124M --tokens-per-step 524288 --gpus 8
tell sacct-example.psv
tell dcgm-example.prom
tell wandb-example.csv --params 7B --gpus 64
tell steps-example.csv --params 7B --gpus 64
tell steps-example.jsonl --params 7B --gpus 64

echo
echo "Open out/llama-3.1-405b.html in a browser, or read out/llama-3.1-405b.md. All answers about the"
echo "table are in out/models.jsonl, what the logs tell in out/logs.jsonl. Published and made-up"
echo "figures, an exercise: no classification of anybody's model, and not legal advice."
