#!/bin/sh
# What others expect of daily runs, in $AISGAP_CORPUS (not part of this tree); see peers_daily.py.
set -u
if [ -z "${AISGAP_CORPUS:-}" ]; then
	echo 'skipped: AISGAP_CORPUS is not set'
	exit 77
fi
exec python3 -B "$(dirname "$0")/peers_daily.py" "$AISGAP_CORPUS"
