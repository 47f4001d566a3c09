#!/bin/sh
# How right verdicts are: the tables of the README, in Markdown, over density, duration, distance from shore
# and confidence. Simulated traffic of both regions (seven ships in ten are there), watched in the default
# areas, with fading, rush hours, outages of stations and holes of the feed; switch-offs of 6 h to 20 days
# (log-uniform) at sea, at anchor and in port, a third each. Seeds from 101, station layouts from 11: nothing
# was tuned on these (tuning: seeds 1-9, layouts 1-2).
# One switch-off for 60 days of a ship makes about one silence in ten a switch-off; the exact tenth is made by
# weights within each feed (tests/law/score.py), and the raw share is printed.
#
#   BENCH_DIR     where the files go                              ($BUILD/bench/verdicts)
#   BENCH_SHARE   1 of so many seeds                              (1: all; 4 is quick)
#   BENCH_KEEP    1: keeps the traffic there, packed, and uses it again (1 GB)
#   BENCH_TEXT    1: all that score.py prints instead of Markdown
#   AISSIM        the simulator                                   ($BUILD/aissim)
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
dir=${BENCH_DIR:-$build/bench/verdicts}
aissim=${AISSIM:-$build/aissim}
mkdir -p "$dir"
labels=
files=

# traffic SEED VESSELS DAYS OPTION...: simulated rows; the truth goes to a file
traffic()
{
	seed=$1
	vessels=$2
	days=$3
	shift 3
	"$aissim" --seed "$seed" --vessels "$vessels" --days "$days" --thin 300 --region both \
		--station-layout $((11 + seed % 5)) \
		--switch-offs $((vessels * days / 60)) --switch-offs-in inside --switch-offs-at mixed \
		--switch-off-spread log --switch-off-hours 6:480 --rush 30 --outages $((days / 3)) \
		--holes $((days / 10)) --truth-min 5 --truth "$dir/$name.truth" "$@"
}

# feed LABEL FIRST_SEED SEEDS VESSELS DAYS OPTION...: simulate, judge and remember
feed()
{
	label=$1
	first=$2
	count=$3
	vessels=$4
	days=$5
	shift 5
	count=$(((count + ${BENCH_SHARE:-1} - 1) / ${BENCH_SHARE:-1}))
	seed=$first
	while [ "$seed" -lt $((first + count)) ]; do
		name=$(echo "$label-$seed" | tr -c 'a-z0-9\n-' _)
		rows=$dir/$name.rows.gz
		if [ -z "${BENCH_KEEP:-}" ]; then
			traffic "$seed" "$vessels" "$days" "$@" | "$build/aisgap" -q -f csv -o "$dir/$name.csv" -
		else
			if [ ! -s "$rows" ]; then
				traffic "$seed" "$vessels" "$days" "$@" | gzip -1 >"$rows.part"
				mv "$rows.part" "$rows"
			fi
			"$build/aisgap" -q -f csv -o "$dir/$name.csv" "$rows"
		fi
		labels=$labels,$label
		files="$files $dir/$name.csv $dir/$name.truth"
		seed=$((seed + 1))
	done
}

feed '10 vessels' 101 40 10 30
feed '100 vessels' 201 8 100 30
feed '1000 vessels' 301 2 1000 30
feed '10000 vessels' 401 1 10000 12
feed '1000 vessels with half of the stations' 501 2 1000 30 --stations-gone 50
form=--markdown
[ -z "${BENCH_TEXT:-}" ] || form=--list=20
# shellcheck disable=SC2086 # many files; their names hold no space
python3 -B tests/law/score.py "$form" --labels "${labels#,}" \
	--apart '1000 vessels with half of the stations' $files
