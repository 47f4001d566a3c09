#!/bin/sh
# Fleets against the reference model of the one law, which lies beside the corpus.
# BUILD is the build directory; AISGAP_CORPUS the corpus, without which this is skipped.
set -eu
BUILD=${BUILD:-build}
model=${AISGAP_CORPUS:-}/../reference/model.py
if [ -z "${AISGAP_CORPUS:-}" ] || [ ! -f "$model" ]; then
	echo "skipped: no reference/model.py beside AISGAP_CORPUS"
	exit 77
fi
${MAKE:-make} -s BUILD="$BUILD" "$BUILD/tests/law/dump_model" >/dev/null
PYTHONDONTWRITEBYTECODE=1 python3 tests/law/model.py "$model" "$BUILD/tests/law/dump_model" "$@"
