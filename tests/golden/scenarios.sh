#!/bin/sh
# Feeds made by hand, each with the verdict that must come out: scenarios.py says which and why.
# BUILD is the build directory; arguments are names of scenarios, and --show prints their gaps.
set -eu
exec python3 -B "$(dirname "$0")/scenarios.py" "$@"
