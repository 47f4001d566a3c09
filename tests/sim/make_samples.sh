#!/bin/sh
# Writes data/samples/: small exports of simulated ships, and how they were made.
# usage: tests/sim/make_samples.sh [AISSIM]    (default build/aissim; from any directory)
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
sim=${1:-$top/build/aissim}
dir=$top/data/samples
mkdir -p "$dir"

made=
make_sample()
{
	file=$1
	shift
	"$sim" "$@" >"$dir/$file"
	made="$made    aissim $* >$file
"
}

make_sample simulated-noaa.csv --layout noaa2018 --seed 11 --start 2025-03-01 --days 3.5 \
	--vessels 16 --inside 0.9 --thin 1200 --class-b 10 --stations dense --satellites 12 \
	--switch-offs 8 --switch-offs-in inside --switch-off-hours 9:30
make_sample simulated-danish.csv --layout danish --seed 12 --start 2025-03-01 --days 2 \
	--vessels 6 --inside 0.7 --thin 2400 --stations dense --fixtures 3 --duplicates 5 \
	--switch-offs 3 --switch-offs-in inside --switch-off-hours 8:16
make_sample simulated-norway.csv --layout norway --seed 13 --start 2025-03-01 --days 3 \
	--vessels 7 --inside 0.8 --thin 1500 --fixtures 2 --satellites 12 \
	--switch-offs 4 --switch-offs-in inside --switch-off-hours 8:20
make_sample simulated-nmea.txt --layout nmea --seed 14 --start 2025-03-01 --days 3 \
	--vessels 8 --inside 0.8 --thin 1500 --class-b 30 --fixtures 3 --satellites 12 \
	--switch-offs 4 --switch-offs-in inside --switch-off-hours 8:20
make_sample simulated-aisstream.jsonl --layout aisstream --seed 16 --start 2025-03-01 --days 2 \
	--vessels 4 --inside 0.8 --thin 2400 --class-b 50 --fixtures 0 --stations dense --satellites 12 \
	--switch-offs 3 --switch-offs-in inside --switch-off-hours 7:12

cat >"$dir/README" <<EOF
These reports are simulated: no ship in them exists, and their names, MMSIs, call signs and IMO
numbers were chosen to belong to none. Ships sail between ports of the Sea of Japan, the Caspian
and a few places elsewhere, are heard by imagined stations and satellites, and some switch their
transponders off for more than six hours. The layouts are those of NOAA (2018 to 2024), of the
Danish Maritime Authority, of Kystverket and of aisstream.io, and AIVDM sentences with tag blocks.
tests/sim/make_samples.sh wrote the files with the simulator built from tests/sim/. The same options
give the same bytes on any machine:

$made
Add --truth FILE to any of these commands to see what was really switched off.
EOF
