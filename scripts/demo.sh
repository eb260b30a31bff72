#!/bin/bash
# scripts/demo.sh PROGRAM: classifies the examples into out/, then keeps a small record in out/workspace,
# checks it, shows that one changed byte is found, and opens the record in the browser.
# DEMO_DESK=no ends without a server.
set -euo pipefail
cd "$(dirname "$0")/.."
systemic=$(realpath "$1")
origin=systemic-demo.example # by this name the demo knows what it made before
mkdir -p out
rm -f out/*.md out/*.html out/*.jsonl
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { printf '\n%s\n' "$1"; }
indent() { # lines under a command: folded at 88 columns, hashes shortened
  sed -E 's/([0-9a-f]{16})[0-9a-f]{48}/\1…/' | awk '{
    match($0, /^ */); margin = sprintf("%" RLENGTH + 4 "s", ""); line = margin; gap = ""
    rest = substr($0, RLENGTH + 1)
    if (length(rest) + length(margin) <= 88) { print margin rest; next }
    count = split(rest, words, " ")
    for (i = 1; i <= count; i++) {
      if (length(line gap words[i]) > 88) { print line; line = margin "  "; gap = "" }
      line = line gap words[i]; gap = " "
    }
    print line
  }' | sed 's/ *$//'
}
show() { # show ARGUMENT...: a command as one would type it, and what it says
  local word line="systemic"
  for word in "$@"; do
    case $word in *[\ \(\)]*) line+=" '$word'" ;; *) line+=" $word" ;; esac
  done
  printf '  $ %s\n' "$line"
  "$systemic" "$@" | indent
}
remove() { # remove FOLDER FILE: only what an earlier demo made; FILE in it bears its name
  [ -e "$1" ] || return 0
  if ! grep -qsF "$origin" "$1/$2"; then
    echo "error: $1 was not made by this demo, so it is left alone; move it elsewhere" >&2
    exit 1
  fi
  rm -rf "$1"
}
ended() { # ended: stops the desk of an earlier demo, and nothing else that may bear its number by now
  local id
  id=$(cat out/desk.pid 2>/dev/null) || return 0
  if tr '\0' ' ' <"/proc/$id/cmdline" 2>/dev/null | grep -q 'serve --workspace out/workspace'; then
    kill "$id"
    for _ in $(seq 50); do [ -e "/proc/$id" ] || break; sleep 0.1; done
  fi
  rm -f out/desk.pid
}
ended
remove out/workspace systemic.json
remove out/journal checkpoint

# ------------------------------------------------------------------ questions
step "Classification: a table of published models, then single ones"
"$systemic" classify --csv examples/models.csv --output out/models.jsonl 2>"$scratch/note"
count() { grep -c "\"systemic_presumed\":$1" out/models.jsonl || true; }
echo "  $(wc -l <out/models.jsonl) models in examples/models.csv: $(count '"yes"') presumed to have systemic risk," \
  "$(count '"no"') not," && echo "  $(count '"undetermined"') undetermined, $(count null) where the question does not arise"
indent <"$scratch/note" | sed 's/^  //'
for file in examples/*.yaml; do
  name=$(basename "$file" .yaml)
  status=0
  "$systemic" classify "$file" --format markdown --output "out/$name.md" >"$scratch/sentence" || status=$?
  case $status in
    0) answer="no systemic risk" ;;
    10) answer="systemic risk" ;;
    20) answer="undetermined" ;;
    *) exit 1 ;;
  esac
  "$systemic" classify "$file" --format html --output "out/$name.html" >/dev/null || [ $? -eq "$status" ]
  printf '  %-28s %-18s out/%s.html\n' "$name" "$answer" "$name"
done
import() { # import FILE OPTION...: what a training log tells
  "$systemic" compute import "examples/logs/$1" "${@:2}" --format json >>out/logs.jsonl
}
import tiny-trainer_state.json --gpus 1
import tiny-nanogpt.log --params 124672 --gpus 1
import megatron-example.log --params 7B --tokens-per-step 4194304 --gpus 64
import llmc-example.log --params 124M --tokens-per-step 524288 --gpus 8
import llmc-console-example.log --params 124M --tokens-per-step 524288 --gpus 8
import sacct-example.psv
import dcgm-example.prom
import wandb-example.csv --params 7B --gpus 64
import steps-example.csv --params 7B --gpus 64
import steps-example.jsonl --params 7B --gpus 64
echo "  $(wc -l <out/logs.jsonl) training logs in examples/logs: what each tells is in out/logs.jsonl"

# --------------------------------------------------------------------- record
model="Aurora 3 (example)"
# The two-week period begins on a Sunday, so that it ends on one: the two readings of the law differ.
known=$(TZ=Europe/Brussels date -d 'last sunday' +%F)
placed=$(TZ=Europe/Brussels date -d '200 days' +%F)
sed -e '/^known_since/d' -e '/fact: known_since/,+1d' -e '/^# The plan/d' examples/aurora-planned.yaml \
  >"$scratch/aurora.yaml"
export SYSTEMIC_WORKSPACE=out/workspace

step "A workspace of a fictional provider: out/workspace"
"$systemic" init out/workspace --provider "Fictional Aurora Labs (example)" --origin $origin \
  --set established_in_union=yes --set signatory=yes >/dev/null
"$systemic" model add "$scratch/aurora.yaml" | indent

step "The example logs become lines of its compute ledger; each log is kept, encrypted"
run() { # run NAME LOG OPTION...
  "$systemic" run import "examples/logs/$2" --model "$model" --name "$1" --keep "${@:3}" 2>/dev/null | indent
}
run pilot megatron-example.log --params 7B --tokens-per-step 4194304 --gpus 64
run tuning-trial wandb-example.csv --params 7B --gpus 64 --set activity=fine-tuning
run small-pilot llmc-example.log --params 124M --tokens-per-step 524288 --gpus 8
run smoke-test tiny-trainer_state.json --gpus 1

step "It becomes known that training will pass 10^25 FLOP; placing on the market is planned"
show model event "$model" threshold-known --on "$known"
show model event "$model" placement-planned --on "$placed"

step "Two people: one drafts the opinion, the other files it (passphrases made at random)"
secret() { head -c 24 /dev/urandom | base64; }
ada=$(secret)
ben=$(secret)
SYSTEMIC_NEW_SECRET=$ada show person add ada.example --role compliance --display-name "Ada Example"
SYSTEMIC_NEW_SECRET=$ben show person add ben.example --role approver --display-name "Ben Example"
SYSTEMIC_SECRET=$ada show opinion draft "$model" --as ada.example | sed '/another person files it/d' |
  tee "$scratch/draft"
opinion=$(grep -o 'opinion/[a-z0-9]*' "$scratch/draft" | head -1)
if SYSTEMIC_SECRET=$ada "$systemic" opinion file "$opinion" --as ada.example 2>"$scratch/refusal"; then
  echo "error: the author could file the opinion" >&2
  exit 1
fi
echo "  $ systemic opinion file $opinion --as ada.example"
grep '^error' "$scratch/refusal" | indent
SYSTEMIC_SECRET=$ben show opinion file "$opinion" --as ben.example

step "The docket: every deadline, computed today from the rules. \"act by\" is the cautious reading"
"$systemic" docket | awk 'NR == 1 { at = index($0, "what") - 1; print substr($0, 1, at); next }
  { print substr($0, 1, at); print "  " substr($0, at + 1) }' | indent

step "The journal of the workspace verifies"
proven() { sed -e '/What this does not prove/,$d' | sed '/^ *$/d'; } # the demo says it at its end
show journal verify out/workspace | proven

step "Exported for an inspector, who needs neither our keys nor our contents"
"$systemic" journal export out/journal | sed -n 1p | indent
key=$(cat out/journal/vkey) # an inspector gets it by another way
show journal verify out/journal | proven
if command -v go >/dev/null && scripts/auditor.sh >/dev/null 2>&1; then
  echo "  $ .build/tlogcheck out/journal KEY        (another program, in Go)"
  .build/tlogcheck out/journal "$key" | indent
else
  echo "  Go is not here, skipped: the check by another program"
fi

step "One byte is changed in copies: in an entry of the export, and in the store of the workspace"
flip() { # flip FILE OFFSET: turns one bit of one byte
  local byte
  byte=$(od -An -tu1 -j "$2" -N1 "$1")
  printf "\\$(printf %03o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
caught() { # caught PATH: verify must end with 1 and name the changed entry
  local status=0
  "$systemic" journal verify "$1" >"$scratch/report" || status=$?
  echo "  $ systemic journal verify ${1#"$scratch/"}"
  sed -n '/^[0-9]* finding/,/^$/p' "$scratch/report" | sed '/^$/d' | indent
  if [ $status -ne 1 ] || ! grep -q 'entry-changed' "$scratch/report"; then
    echo "error: the changed byte was not named (status $status)" >&2
    exit 1
  fi
}
where() { grep -abo '"event":"opinion-filed"' "$1" | head -1 | cut -d: -f1; }
cp -r out/journal "$scratch/changed-journal"
bundle=$(find "$scratch/changed-journal/tile/entries" -type f | head -1)
flip "$bundle" $(($(where "$bundle") + 17))
caught "$scratch/changed-journal"
cp -r out/workspace "$scratch/changed-workspace"
flip "$scratch/changed-workspace/journal.sqlite" $(($(where "$scratch/changed-workspace/journal.sqlite") + 17))
caught "$scratch/changed-workspace"

desk() { # desk: serves the workspace on a port that is free, and says how two people get in
  local port=7410 address=""
  if (: </dev/tcp/127.0.0.1/$port) 2>/dev/null; then port=0; fi
  SYSTEMIC_INTAKE_PUBLIC=yes setsid "$systemic" serve --workspace out/workspace --listen 127.0.0.1:$port \
    >out/desk.log 2>&1 </dev/null &
  echo $! >out/desk.pid
  for _ in $(seq 100); do
    address=$(grep -o 'http://127[0-9.:]*' out/desk.log | head -1) && break
    sleep 0.1
  done
  if [ -z "$address" ]; then
    echo "error: the desk did not start; out/desk.log says why" >&2
    exit 1
  fi
  echo "  the desk          $address"
  echo "  for anybody       $address/report"
  echo "  Ada, compliance   $("$systemic" person link ada.example --address "$address")"
  echo "  Ben, approver     $("$systemic" person link ben.example --address "$address")"
  echo "  Each link signs in once, within 30 minutes; open Ben's in another browser or a private window."
  echo "  It runs until: kill \$(cat out/desk.pid)"
}

cat <<END

Open out/aurora-planned.html in a browser: an opinion. Then try, with the demo's workspace
(export SYSTEMIC_WORKSPACE=out/workspace; the program is ${systemic#"$PWD/"}):
  systemic docket --long                     how each day was counted, and what ends it
  systemic docket --ics out/deadlines.ics    the same as a calendar
  systemic model ledger '$model'
  systemic opinion show $opinion
  systemic journal log                       who recorded what, when, and when it was true
  systemic journal verify                    also says what the record does not prove
Published and made-up figures, an exercise: no classification of anybody's model, and not
legal advice.
END
if [ "${DEMO_DESK:-yes}" != no ]; then
  step "The same record in the browser, for two people"
  desk
fi
