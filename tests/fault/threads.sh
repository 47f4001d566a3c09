#!/bin/sh
# Whole runs with 8 threads under ThreadSanitizer, and the same report as with one thread.
# Expectations: no report of the sanitizer; the run's own output with -j 1. Skips in other builds.
set -u
build=${BUILD:-build}
aisgap=$build/aisgap
if ! nm "$aisgap" 2>/dev/null | grep -q __tsan_init; then
	echo 'skipped: no ThreadSanitizer in this build; see make check-tsan'
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export TSAN_OPTIONS='halt_on_error=1 exitcode=66'
failed=0
samples=$(ls data/samples/*.csv)

# check WHAT ARGUMENTS...
check()
{
	what=$1
	shift
	"$aisgap" -q -j 1 "$@" >"$tmp/one" 2>"$tmp/err"
	one=$?
	"$aisgap" -q -j 8 --ledger "$tmp/ledger" "$@" >"$tmp/eight" 2>"$tmp/err"
	eight=$?
	if [ $one != $eight ] || [ -s "$tmp/err" ] || [ ! -s "$tmp/ledger" ] || ! cmp -s "$tmp/one" "$tmp/eight"; then
		failed=1
		echo "$what: exit status $one with one thread, $eight with eight"
		head -n 40 "$tmp/err"
		diff "$tmp/one" "$tmp/eight" | head -n 4
	fi
}

"$build/aissim" --vessels 150 --days 2 --thin 300 --seed 21 --duplicates 10 --disorder 10 \
	--shared 5 --clock-errors 3 --class-b 60 >"$tmp/noaa.csv" || exit 1
"$build/aissim" --vessels 60 --days 2 --thin 900 --seed 22 --layout danish >"$tmp/danish.csv" || exit 1
# names in quotes, one with a line end in it
awk -F, -v OFS=, 'NR > 1 && $8 != "" { $8 = "\"" $8 (NR % 3 ? ", \"\"" : "\n") "x\"" } 1' \
	"$tmp/noaa.csv" >"$tmp/quoted.csv"
for layout in nmea aisstream digitraffic; do
	"$build/aissim" --vessels 40 --days 2 --thin 900 --seed 23 --layout $layout >"$tmp/$layout" || exit 1
	gzip -k "$tmp/$layout"
done
tar cf "$tmp/all.tar" -C "$tmp" nmea aisstream.gz digitraffic
# dates that few rows decide
awk -F, -v OFS=, 'NR > 1 { split(substr($2, 1, 10), d, "-")
	$2 = d[2] "/" (NR % 500 ? d[3] : "13") "/" d[1] " " substr($2, 12) } 1' \
	"$tmp/noaa.csv" >"$tmp/dates.csv"

# shellcheck disable=SC2086 # no blanks in the names
for size in 64 4096 131072; do
	block="--block-size $size"
	[ $size = 64 ] && large= || large="$tmp/noaa.csv"
	check "samples, $size" $block --everywhere $samples
	check "areas, $size" $block -g 1h $samples $large
	head -n 4000 "$tmp/quoted.csv" >"$tmp/part.csv"
	check "quotes, $size" $block -g 1h --everywhere "$tmp/part.csv"
	head -n 4000 "$tmp/dates.csv" >"$tmp/part.csv"
	check "dates to be decided, $size" $block -g 1h --everywhere "$tmp/part.csv"
done
for layout in nmea aisstream digitraffic; do
	check "$layout" -g 1h --everywhere "$tmp/$layout"
	check "$layout, packed, small blocks" --block-size 1000 -g 1h --everywhere "$tmp/$layout.gz"
done
check 'an archive' -g 1h --everywhere "$tmp/all.tar"
check 'quotes' -g 1h --everywhere "$tmp/quoted.csv"
check 'dates to be decided' -g 1h --everywhere "$tmp/dates.csv" "$tmp/dates.csv"
check 'several inputs' -g 30m --everywhere "$tmp/noaa.csv" "$tmp/danish.csv" "$tmp/quoted.csv"
check 'progress' --progress -g 1h --everywhere "$tmp/noaa.csv"
exit $failed
