#!/bin/sh
# Installs the Debian packages named as arguments that are missing, and says so. On other systems it
# only says which libraries are needed.
set -eu
if ! command -v dpkg-query >/dev/null; then
	echo "no Debian packages here; needed are the development files of: $*"
	exit 0
fi
missing=
for package in "$@"; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
	as_root=
elif command -v sudo >/dev/null; then
	as_root=sudo
else
	echo "missing packages:$missing" >&2
	echo "install them as root: apt-get install$missing" >&2
	exit 1
fi
echo "installing missing packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
	DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing
}
if ! { $as_root apt-get update && install; } >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	exit 1
fi
