#!/bin/sh
# Size of a saved state of 60,000 vessels over 90 days, and the time of one more day: loaded, joined,
# saved. Each round begins with the same state; the page cache is warm.
#
#   BENCH_DIR      where the files go          ($BUILD/bench)
#   BENCH_ROUNDS   how often the day is joined (5)
#   BENCH_THREADS  threads                     (2)
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
dir=${BENCH_DIR:-$build/bench}
bench=$build/tests/bench_state
mkdir -p "$dir"
trap 'rm -f "$dir/state" "$dir/state.day"' EXIT

echo "state: 60,000 vessels, 90 days, 3,000 at a time inside the margins"
"$bench" build "$dir/state"
round=0
while [ $round -lt "${BENCH_ROUNDS:-5}" ]; do
	cp "$dir/state" "$dir/state.day"
	"$bench" day "$dir/state.day" "${BENCH_THREADS:-2}"
	round=$((round + 1))
done
