#!/bin/sh
# The same simulated traffic in every dialect that the simulator writes, plain and packed, gives the same
# gaps.
# Expectations: packed files give the plain file's output, byte for byte; the dialects give the gaps of
# the NOAA layout, as far as each says as much and within its resolution: dialects.py.
set -u
build=${BUILD:-build}
aisgap=$build/aisgap
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

# ships in both areas and elsewhere, and much that goes wrong in feeds
traffic='--vessels 250 --days 2 --thin 900 --seed 21 --class-b 30 --fixtures 12 --switch-offs 60
	--switch-offs-in inside --switch-off-hours 4:24 --sentinels 2 --duplicates 10 --disorder 10
	--shared 6 --clock-errors 6 --future 2'
dialects='noaa2018 danish aisstream nmea nmea-bare aiscatcher digitraffic marinetraffic-json'

# detect OUTPUT INPUT: the gaps of the areas
detect()
{
	"$aisgap" -f csv -g 2h -o "$1" "$2" 2>"$tmp/err" && [ ! -s "$tmp/err" ] && return
	failed=1
	echo "$(basename "$2"): $(cat "$tmp/err")"
	return 1
}

has()
{
	command -v "$1" >/dev/null && return
	echo "skipped: $2, as there is no program $1"
	return 1
}

# same PACKED: what comes out of it is what came out of the plain file
same()
{
	detect "$tmp/packed.csv" "$1" || return
	cmp -s "$tmp/packed.csv" "$tmp/gaps/$dialect.csv" && return
	failed=1
	echo "$(basename "$1"): not the gaps of $dialect"
	diff "$tmp/gaps/$dialect.csv" "$tmp/packed.csv" | head -n 4
}

# pack ENDING PROGRAM OPTION...: as a file
pack()
{
	ending=$1
	shift
	has "$1" "$dialect in $ending" || return
	"$@" -c <"$plain" >"$plain.$ending"
	same "$plain.$ending"
	rm "$plain.$ending"
}

pack_zip()
{
	has zip "$dialect in zip" || return
	(cd "$tmp" && zip -q "$dialect.zip" "$dialect")
	same "$plain.zip"
	rm "$plain.zip"
}

# three members, each with the header, one in a folder
pack_tar()
{
	has gzip "$dialect in tar.gz" || return
	mkdir -p "$tmp/tar/folder"
	head -n 1 "$plain" >"$tmp/header"
	tail -n +2 "$plain" | split -n r/3 - "$tmp/part."
	for part in "$tmp"/part.*; do
		cat "$tmp/header" "$part" >"$tmp/tar/${part##*.}.csv"
	done
	rm "$tmp"/part.*
	mv "$tmp/tar/ab.csv" "$tmp/tar/folder"
	tar -C "$tmp/tar" -czf "$plain.tar.gz" .
	same "$plain.tar.gz"
	rm "$plain.tar.gz"
}

mkdir "$tmp/gaps" "$tmp/everywhere"
for dialect in $dialects; do
	plain=$tmp/$dialect
	# shellcheck disable=SC2086 # several words
	"$build/aissim" $traffic --layout "$dialect" >"$plain" || exit 1
	detect "$tmp/gaps/$dialect.csv" "$plain" || continue
	"$aisgap" -f csv -g 2h --everywhere --ledger "$tmp/everywhere/$dialect.json" \
		-o "$tmp/everywhere/$dialect.csv" "$plain" || failed=1
	pack gz gzip
	pack zst zstd
	pack_zip
	if [ "$dialect" = noaa2018 ]; then
		pack xz xz -1
		pack bz2 bzip2
		pack lz4 lz4
		pack_tar
	fi
	rm "$plain"
done
# shellcheck disable=SC2086
python3 -B tests/golden/dialects.py "$tmp" $dialects || failed=1
exit $failed
