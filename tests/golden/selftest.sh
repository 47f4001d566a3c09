#!/bin/bash
# `aisgap selftest` on simulated feeds: one answer whatever the threads, the order of rows and how the
# input is split; another one for another seed; JSON that can be read and whose counts agree with each
# other; what is refused and why.
# Expectations: laws (the same bytes, sums that agree, the prior as the share of all), statuses of the
# design's section 6.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-build}
[[ $build = /* ]] || build=$top/$build
aisgap=$build/aisgap
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
failed=0
cases=0

fail() {
	failed=$((failed + 1))
	echo "$*"
}

# expect STATUS COMMAND...: runs it, output in out and err
expect() {
	local wanted=$1 status

	shift
	cases=$((cases + 1))
	"$@" >out 2>err
	status=$?
	[ $status = "$wanted" ] || {
		fail "$*: status $status, not $wanted"
		head -n 5 err
	}
}

# same FILE COMMAND...: succeeds and prints what is in FILE
same() {
	local file=$1

	shift
	expect 0 "$@"
	cmp -s "$file" out || {
		fail "$*: not $file"
		diff "$file" out | head -n 6
	}
}

# says TEXT FILE: it stands there
says() {
	grep -qF -- "$1" "$2" || {
		fail "$2 does not say: $1"
		head -n 5 "$2"
	}
}

"$build/aissim" --seed 71 --vessels 160 --days 6 --thin 900 --stations dense >feed.csv || exit 1

# ---- one answer
expect 0 "$aisgap" selftest -f json --rounds 2 -j 1 feed.csv
cp out all.json
same all.json "$aisgap" selftest -f json --rounds 2 -j 2 feed.csv
same all.json "$aisgap" selftest -f json --rounds 2 --seed 1 --prior 0.1 --block-size 4096 feed.csv
{
	head -n 1 feed.csv
	tail -n +2 feed.csv | sort -t , -k 4,4 -k 1,1r
} >sorted.csv
same all.json "$aisgap" selftest -f json --rounds 2 sorted.csv
{
	head -n 1 feed.csv
	tail -n +2 feed.csv | awk 'NR % 2'
} >odd.csv
{
	head -n 1 feed.csv
	tail -n +2 feed.csv | awk 'NR % 3'
} >most.csv
tail -n +2 feed.csv | awk '!(NR % 2) && !(NR % 3)' | cat <(head -n 1 feed.csv) - >rest.csv
same all.json "$aisgap" selftest -f json --rounds 2 most.csv rest.csv odd.csv
expect 0 "$aisgap" selftest --rounds 2 -o again.json feed.csv
cmp -s all.json again.json || fail 'the file is not what is printed'
expect 0 "$aisgap" selftest -f json --rounds 2 --seed 2 feed.csv
cmp -s all.json out && fail 'another seed, the same silences'

# ---- what it says
python3 - all.json <<'EOF' || failed=$((failed + 1))
import json
import sys

r = json.load(open(sys.argv[1]))
bad = []


def hold(what, truth):
    if not truth:
        bad.append(what)


def figures(cell):
    for name in ("precision", "recall", "f0_5", "brier", "mean_confidence", "share_off"):
        if name in cell:
            hold("%s is %s" % (name, cell[name]), cell[name] is None or 0 <= cell[name] <= 1)
    if cell["switched_off"] + cell["lost"] < r["gaps"]["least_for_a_figure"]:
        hold("a figure of too few", cell["brier"] is None and cell["share_off"] is None)


whole = r["all"]
hold("version", r["schema_version"] == 1 and r["seed"] == 1 and r["rounds"] == 2 and r["prior"] == 0.1)
hold("areas", r["areas"] == ["vladivostok", "caspian"] and r["min_gap_h"] == 6)
hold("nothing taken out: %s" % r["taken_out"], r["taken_out"]["switch_offs"] >= 20 and r["taken_out"]["losses"] >= 4)
hold("switch-offs without gaps", whole["switched_off"] == r["gaps"]["switched_off"] >= 20)
hold("lost", whole["lost"] == r["gaps"]["lost"] >= 20 and r["gaps"]["lost"] >= r["gaps"]["lost_in_holes"])
hold("the prior is not the share: %s" % whole["share_off"], abs(whole["share_off"] - r["prior"]) < 1e-5)
for group in ("by_verdict", "by_area", "by_duration", "by_others_heard", None):
    cells = r[group] if group else whole["reliability"]
    for name in ("switched_off", "lost"):
        hold("%s in %s" % (name, group), sum(c[name] for c in cells) == whole[name])
    for cell in cells:
        figures(cell)
        for tenth in cell.get("reliability", []):
            figures(tenth)
figures(whole)
for cell in whole["reliability"]:
    if cell["mean_confidence"] is not None:
        hold("a tenth's mean", cell["from"] - 1e-6 <= cell["mean_confidence"] <= cell["to"] + 1e-6)
t = r["threshold"]
if t["confidence"] is not None:
    hold("threshold", t["precision"] >= t["target_precision"] and 0 <= t["recall"] <= 1)
off = [c for c in r["by_verdict"] if c["verdict"] == "off"][0]
hold("judged off", off["switched_off"] + off["lost"] == whole["judged_off"])
for line in bad:
    print(line)
sys.exit(bool(bad))
EOF

expect 0 "$aisgap" selftest feed.csv
says 'How to read it' out
says 'What it does not show' out
says 'switch-offs count as 10 % of all' out
says 'caspian' out
[ "$(awk '{ print length }' out | sort -n | tail -n 1)" -le 100 ] || fail 'lines of more than 100 columns'

# ---- feeds from which nothing can be taken
head -n 200 feed.csv >short.csv
expect 0 "$aisgap" selftest -f json short.csv
says 'nothing could be tested' err
python3 -c '
import json, sys
r = json.load(sys.stdin)
sys.exit(r["taken_out"]["switch_offs"] != 0 or r["all"]["switched_off"] != 0 or r["all"]["brier"] is not None)' <out ||
	fail 'a short feed has silences'
expect 0 "$aisgap" selftest -a 0,0,50 feed.csv
says 'nothing could be tested' err

# ---- what is refused
printf 'nothing,of,the,kind\n1,2,3,4\n' >table.csv
expect 3 "$aisgap" selftest table.csv
[ -s out ] && fail 'a report of no feed'
expect 2 "$aisgap" selftest - <feed.csv
says 'only once' err
expect 2 "$aisgap" selftest <(cat feed.csv)
says 'save it to a file' err
expect 2 "$aisgap" selftest --prior 1 feed.csv
expect 2 "$aisgap" selftest --seed -1 feed.csv
expect 2 "$aisgap" selftest --rounds 0 feed.csv
expect 2 "$aisgap" selftest -f csv feed.csv
says 'text, json' err
expect 2 "$aisgap" selftest --columns mmsi feed.csv
expect 4 "$aisgap" selftest -f json feed.csv missing.csv
says 'missing.csv' err
expect 0 "$aisgap" selftest --help
says '--rounds N' out

echo "$cases cases, $failed failed"
[ $failed = 0 ]
