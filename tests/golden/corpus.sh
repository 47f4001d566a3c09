#!/bin/sh
# Real exports and other people's expectations, in $AISGAP_CORPUS (not part of this tree); see corpus.py.
set -u
if [ -z "${AISGAP_CORPUS:-}" ]; then
	echo 'skipped: AISGAP_CORPUS is not set'
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -B tests/golden/corpus.py "${BUILD:-build}/aisgap" "$AISGAP_CORPUS" "$tmp"
