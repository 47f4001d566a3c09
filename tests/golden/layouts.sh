#!/bin/sh
# Every export layout of the simulator is read right: the profile, the columns, and the same gaps as the
# NOAA layout of the same traffic gives, as far as a layout says as much; see layouts.py.
set -u
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -B tests/golden/layouts.py "${BUILD:-build}" "$tmp"
