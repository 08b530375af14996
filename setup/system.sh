#!/bin/sh
# What the system must give, through apt: Tesseract with French and a font for letters; with "tests" also PostgreSQL
# and Chromium.
# Says in one line what to install on a system without apt. Does nothing when all is there.
set -eu

missing=""
want() { # want PACKAGE TEST...: note the package when the test fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

french() { tesseract --list-langs 2>/dev/null | grep -qx fra; }
font() { [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]; }
venv() { "${PYTHON:-python3}" -c 'import ensurepip, venv'; }
initdb_there() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }

want tesseract-ocr command -v tesseract
want tesseract-ocr-fra french
want fonts-dejavu-core font
want "$("${PYTHON:-python3}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" venv
if [ "${1:-}" = tests ]; then
    want postgresql initdb_there
    want chromium command -v chromium
fi
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "make: install these first, with your system's package manager:$missing (names are Debian's)" >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "make: as root, run: apt-get install$missing" >&2
        exit 1
    fi
    root=sudo
fi
echo "Installing through apt:$missing"
# a cluster made at installation would be started and is not wanted: the tests start their own
$root sh -c "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends$missing" >/dev/null
