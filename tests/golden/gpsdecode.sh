#!/bin/sh
# The AIVDM decoder against gpsd's, field by field, and against what several decoders agree on; see
# gpsdecode.py. Needs the corpus in $AISGAP_CORPUS (not part of this tree) and gpsd-clients.
set -u
if [ -z "${AISGAP_CORPUS:-}" ] || [ ! -d "$AISGAP_CORPUS/nmea" ]; then
	echo 'skipped: AISGAP_CORPUS is not set, or has no nmea'
	exit 77
fi
if ! command -v gpsdecode >/dev/null; then
	echo 'skipped: there is no gpsdecode (gpsd-clients)'
	exit 77
fi
python3 -B tests/golden/gpsdecode.py "${BUILD:-build}/tests/golden/aivdm_fields" "$AISGAP_CORPUS/nmea"
