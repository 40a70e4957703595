"""Runs command lines in copies of itself in which one call fails: a request a line on stdin, what
came of it a line on stdout. Started with the built faults.c preloaded."""

import contextlib
import ctypes
import json
import os
import sys

import cli
from handouts.coding import codes

LIBRARY = ctypes.CDLL(None)
LIBRARY.fault.restype = ctypes.c_char_p
CODES = ("M17.11", "M17.12", "M17.31")


def _few(pack, system):
    return tuple((code, codes.find(pack, code)) for code in CODES) \
        if system == "icd10cm" else ()


def _answer(asked):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.redirect_stdout(sys.stderr):
            LIBRARY.arm(asked["at"], asked["code"], asked["kill"], asked["root"].encode())
            ended = cli.run(asked["words"])
        os.write(writer, LIBRARY.fault())
        os._exit(ended)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        fault = file.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"ended": status, "fault": fault}


if __name__ == "__main__":
    codes.mapped = _few  # an export of thousands of files would have as many calls
    for line in sys.stdin:
        request = json.loads(line)
        if request["at"] == 0:  # in this process: what it imports and keeps, its copies have
            with contextlib.redirect_stdout(sys.stderr):
                told = {"ended": int(cli.run(request["words"])), "fault": ""}
        else:
            told = _answer(request)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
