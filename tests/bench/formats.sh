#!/bin/bash
# How fast other inputs than CSV are read, beside the tools that people use for them, in one run on one
# machine, as a markdown table: NMEA beside gpsdecode and libais, gzip beside zcat, zstd beside zstdcat,
# JSON lines beside jq. About 3 GB of disk.
#
#   BENCH_DIR           where the files go and are found again  ($BUILD/bench)
#   BENCH_FORMAT_ROWS   position reports in the NMEA and JSON files; the packed CSV has five times
#                       as many                                  (2000000)
#   BENCH_ROUNDS        rounds; each measures everything once    (5)
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath "${BUILD:-build}")
export BENCH_DIR=${BENCH_DIR:-$build/bench}
export BENCH_ROUNDS=${BENCH_ROUNDS:-5}
rows=${BENCH_FORMAT_ROWS:-2000000}
mkdir -p "$BENCH_DIR"
BENCH_DIR=$(realpath "$BENCH_DIR")

say() {
	echo "bench: $*" >&2
}

# make FILE SHELL-COMMAND: makes the file unless it is there, made by the same command
make_file() {
	[ -f "$1" ] && [ "$(cat "$1.made" 2>/dev/null)" = "$2" ] && return
	say "generating $1"
	rm -f "$1.made"
	bash -c "set -o pipefail; $2" >"$1"
	echo "$2" >"$1.made"
}

libais() {
	[ -x "$BENCH_DIR/venv/bin/python" ] &&
		"$BENCH_DIR/venv/bin/python" -c 'import ais.stream' 2>/dev/null && return
	say 'installing libais from PyPI'
	[ -x "$BENCH_DIR/venv/bin/python" ] || python3 -m venv "$BENCH_DIR/venv"
	"$BENCH_DIR/venv/bin/pip" install -q --disable-pip-version-check libais six >&2
}

libais
sim="$build/aissim bench --vessels 20000 --hours 48 --inside 0.5 --seed 1"
make_file "$BENCH_DIR/formats.nmea" "$sim --rows $rows --layout nmea"
make_file "$BENCH_DIR/formats.jsonl" "$sim --rows $rows --layout aisstream"
make_file "$BENCH_DIR/formats.csv.gz" "$sim --rows $((5 * rows)) | gzip"
make_file "$BENCH_DIR/formats.csv.zst" "$sim --rows $((5 * rows)) | zstd -q"
exec python3 tests/bench/formats.py "$build"
