#!/bin/sh
# Prints the first Python of 3.11 or later; says what to install when there is none.
set -eu
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
echo "make: Python 3.11 or later is needed: apt-get install python3 python3-venv (Debian 12, Ubuntu 24.04 and later)" >&2
exit 1
