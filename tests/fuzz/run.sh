#!/bin/sh
# Runs every fuzz target in $BUILD/tests/fuzz for $FUZZ_SECONDS, from its kept inputs in
# tests/fuzz/corpus. What it finds besides is kept in $BUILD; an input that breaks a target is printed.
set -u
BUILD=${BUILD:-build/fuzz}
FUZZ_SECONDS=${FUZZ_SECONDS:-60}
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

longest() {
	case $1 in
	fuzz_when) echo 96 ;;
	fuzz_profile) echo 3000 ;;
	*) echo 2000 ;;
	esac
}

for source in tests/fuzz/fuzz_*.c; do
	name=$(basename "$source" .c)
	found=$BUILD/tests/fuzz/$name.found
	mkdir -p "$found"
	"$BUILD/tests/fuzz/$name" -max_total_time="$FUZZ_SECONDS" -max_len="$(longest "$name")" \
		-timeout=60 -rss_limit_mb=1500 -print_final_stats=1 \
		-artifact_prefix="$found/../$name." "$found" "tests/fuzz/corpus/$name" >"$log" 2>&1
	status=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	if [ $status = 0 ]; then
		passed=$((passed + 1))
		printf '%-16s ok  %s runs\n' "$name" "$runs"
	else
		failed=$((failed + 1))
		printf '%-16s FAILED (exit %s)\n' "$name" $status
		grep -v '^#' "$log" | tail -n 40 | sed 's/^/    /'
	fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
