"""Patient handouts on massage for knee pain: one request in, one safe, readable PDF out.

    from handouts import Patient, Request, find_brand, load_catalogue, make_handout

    handout = make_handout(Request("osteoarthritis", side="left", patient=Patient("Ana Ruiz")),
                           load_catalogue(), find_brand(None))
    Path("ana.pdf").write_bytes(handout.pdf)

The names below are the public face; they are imported when they are first used, so that a command
that needs few of them starts fast.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("handouts")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+checkout"

_HOMES = {
    "Brand": "brand",
    "Catalogue": "catalogue",
    "Dose": "request",
    "HandoutError": "errors",
    "Patient": "request",
    "Request": "request",
    "decide": "safety",
    "find_brand": "brand",
    "load_catalogue": "catalogue",
    "make_handout": "make",
}
__all__ = ["Brand", "Catalogue", "Dose", "HandoutError", "Patient", "Request", "decide",
           "find_brand", "load_catalogue", "make_handout"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'handouts' has no attribute '{name}'")
    return getattr(import_module(f"handouts.{_HOMES[name]}"), name)
