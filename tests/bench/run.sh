#!/bin/bash
# Speed and memory of aisgap beside DuckDB, wc -l and libcsv, in one run on one machine, as a
# markdown table. Needs about 8 GB of disk, and memory for the files to stay in the page cache.
#
#   BENCH_DIR      where the files go and are found again  ($BUILD/bench)
#   BENCH_ROWS     rows of the file                        (15000000)
#   BENCH_VESSELS  vessels in it                           (20000)
#   BENCH_ROUNDS   rounds; each measures everything once   (5)
#   BENCH_THREADS  threads of aisgap and of DuckDB         (2)
#   BENCH_LONG     1: also ten times the rows, piped from the generator, once (1)
#   BENCH_DUCKDB   version of DuckDB to install            (the newest)
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath "${BUILD:-build}")
export BENCH_DIR=${BENCH_DIR:-$build/bench}
export BENCH_ROWS=${BENCH_ROWS:-15000000} BENCH_VESSELS=${BENCH_VESSELS:-20000}
export BENCH_ROUNDS=${BENCH_ROUNDS:-5} BENCH_THREADS=${BENCH_THREADS:-2} BENCH_LONG=${BENCH_LONG:-1}
mkdir -p "$BENCH_DIR"
BENCH_DIR=$(realpath "$BENCH_DIR")

say() {
	echo "bench: $*" >&2
}

# generate FILE OPTION...: makes the file unless it is there, made with the same options
generate() {
	local file=$1

	shift
	[ -f "$file" ] && [ "$(cat "$file.made" 2>/dev/null)" = "$*" ] && return
	say "generating $file"
	rm -f "$file.made"
	"$build/aissim" bench "$@" >"$file"
	echo "$*" >"$file.made"
}

duckdb() {
	[ -x "$BENCH_DIR/venv/bin/python" ] &&
		"$BENCH_DIR/venv/bin/python" -c 'import duckdb' 2>/dev/null && return
	say 'installing DuckDB from PyPI'
	python3 -m venv "$BENCH_DIR/venv"
	"$BENCH_DIR/venv/bin/pip" install -q --disable-pip-version-check \
		"duckdb${BENCH_DUCKDB:+==$BENCH_DUCKDB}" >&2
}

duckdb
generate "$BENCH_DIR/two-days.csv" --rows "$BENCH_ROWS" --vessels "$BENCH_VESSELS" --hours 48 \
	--inside 0.5 --seed 1
# thirty days: as many vessels as keep the space between two reports below 30 minutes
vessels=$((BENCH_ROWS / 3000 > 0 ? BENCH_ROWS / 3000 : 1))
for order in time random; do
	generate "$BENCH_DIR/month-$order.csv" --rows "$BENCH_ROWS" --vessels $vessels --hours 720 \
		--inside 0.5 --seed 1 --order $order
done
exec python3 tests/bench/measure.py "$build"
