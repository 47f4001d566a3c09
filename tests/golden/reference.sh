#!/bin/sh
# The gaps of simulated traffic are those of a plain reference detector, and nothing but the reports
# decides: not their order, repetition, split, threads, blocks, locale or zone.
# Expectations: reference.py (sort all reports, compare neighbours); and the run's own first output,
# byte for byte, for everything that must not matter.
# The first run simulates a million reports (half a minute); they are kept in $BUILD/tests for the next.
set -u
build=${BUILD:-build}
aisgap=$build/aisgap
here=tests/golden
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

case $build in
*san*) million='--vessels 400 --days 4' blocks='1000 131072' minutes=30,360 ;; # slow: fewer
*) million='--vessels 3000 --days 10' blocks='1000 131072 16777216' minutes=30,60,360,720 ;;
esac

# traffic NAME OPTIONS: simulated once for this simulator and these options
traffic()
{
	name=$1
	shift
	kept=$build/tests/$name-$(printf '%s ' "$@" | cat - "$build/aissim" | cksum | cut -d ' ' -f 1).csv
	if [ ! -s "$kept" ]; then
		mkdir -p "$build/tests"
		rm -f "$build/tests/$name"-*.csv
		"$build/aissim" "$@" >"$kept.part" && mv "$kept.part" "$kept" || exit 1
	fi
	echo "$kept"
}

# detects once for each threshold, with and without areas, and compares with the reference
compare()
{
	export=$1
	out=$2
	mkdir -p "$out"
	for m in $(echo "$minutes" | tr , ' '); do
		"$aisgap" -g "${m}m" --columns "$columns" -o "$out/areas-$m.csv" "$export" &&
			"$aisgap" -g "${m}m" --everywhere --columns "$columns" \
				-o "$out/everywhere-$m.csv" "$export" || return 1
	done
	python3 "$here/reference.py" compare "$minutes" "$export" "$out"
}

# same WHAT COMMAND...: its output is the first one's
same()
{
	what=$1
	shift
	"$@" >"$tmp/out" 2>"$tmp/err" && cmp -s "$tmp/out" "$base" && [ ! -s "$tmp/err" ] && return
	failed=1
	echo "$export: $what: not the same as in order of time"
	cat "$tmp/err"
	diff "$base" "$tmp/out" | head -n 4
}

body() { tail -n +2 "$export"; }
titled() { head -n 1 "$export" && cat; }
detect() { "$aisgap" -g 6h --everywhere "$@"; }
by_vessel() { body | LC_ALL=C sort -t, -k1,1n -k2,2 | titled | detect; }
by_vessel_back() { body | LC_ALL=C sort -t, -k1,1nr -k2,2r | titled | detect; }
backwards() { body | tac | titled | detect; }
shuffled() { body | shuf --random-source="$tmp/seed" | titled | detect; }
doubled() { body | awk '{print; print}' | titled | detect; }
piped() { cat "$export" | detect -; }
twice() { detect "$export" "$export"; }
# glibc itself leaks the name in LOCPATH
foreign() { ASAN_OPTIONS=detect_leaks=0 LOCPATH=$tmp/locale LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Tehran detect "$export"; }

cut_in_seven()
{
	rm -f "$tmp"/part.*
	body | split -n r/7 - "$tmp/part."
	for part in "$tmp"/part.*; do
		titled <"$part" >"$part.csv"
		rm "$part"
	done
}

# permute EXPORT BLOCKSIZE...
permute()
{
	export=$1
	shift
	base=$tmp/base
	detect "$export" >"$base"
	same 'by vessel' by_vessel
	same reversed backwards
	same shuffled shuffled
	same 'every row doubled' doubled
	same 'the same file twice' twice
	same 'from a pipe' piped
	same 'German locale, zone of Tehran' foreign
	cut_in_seven
	# shellcheck disable=SC2046 # no blanks in the names
	same 'split into seven' detect $(ls "$tmp"/part.*.csv)
	# shellcheck disable=SC2046
	same 'split into seven, last first' detect $(ls -r "$tmp"/part.*.csv)
	rm -f "$tmp"/part.*
	for j in 1 2 8; do same "$j threads" detect -j $j "$export"; done
	for size in "$@"; do
		same "blocks of $size bytes" detect -j 8 --block-size "$size" "$export"
	done
}

# shuf needs as many random bytes as it likes, the same each time
seed()
{
	awk 'BEGIN { x = 1; for (i = 0; i < 600000; i++) { x = (x * 16807) % 2147483647;
		printf "%c%c%c%c%c%c", 33 + x % 94, 33 + int(x / 94) % 94, 33 + int(x / 8836) % 94,
		33 + int(x / 830584) % 94, 10 + x % 3, 33 + x % 91 } }'
}

columns=$(python3 "$here/reference.py" columns)
mkdir "$tmp/locale"
localedef -i de_DE -f UTF-8 "$tmp/locale/de_DE.UTF-8" 2>/dev/null ||
	echo 'no German locale could be made; its name alone is used'

# shellcheck disable=SC2086 # several words
large=$(traffic million $million --thin 1700 --seed 3 --class-b 95) || exit 1
# all that goes wrong in feeds: wrong clocks, shared numbers, disorder, outages
small=$(traffic broken --vessels 300 --days 5 --thin 900 --seed 4 --class-b 60 --duplicates 20 \
	--disorder 20 --shared 20 --clock-errors 15 --future 3 --outages 10 --holes 2 \
	--switch-offs 20% --sentinels 3 --fixtures 30) || exit 1

compare "$large" "$tmp/large" >"$tmp/large.log" 2>&1 &
compared=$!
compare "$small" "$tmp/small" || failed=1
seed >"$tmp/seed"
permute "$small" 64 65 1000 131072
same 'by vessel, latest first' by_vessel_back
# shellcheck disable=SC2086
permute "$large" $blocks
wait $compared || failed=1
cat "$tmp/large.log"
exit $failed
