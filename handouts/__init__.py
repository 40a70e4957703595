"""Patient handouts on massage for pain: one request in, one safe, readable PDF out.

    from handouts import Patient, Press, Request, brand_path

    press = Press(brand_path(None))
    request = Request("osteoarthritis", side="left", patient=Patient("Ana Ruiz"))
    Path("ana.pdf").write_bytes(press.handout(request, date.today()).pdf)

The names below are the public face; they are imported when they are first used, so that a command
that needs few of them starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.brand.brand import Brand, find_brand
    from handouts.errors import HandoutError
    from handouts.pack.pack import Pack, load_pack
    from handouts.paths import brand_path
    from handouts.press.press import Press
    from handouts.request.request import Dose, Patient, Request
    from handouts.rules.safety import decide

    __version__: str

_HOMES = {
    "Brand": "brand.brand",
    "Pack": "pack.pack",
    "Dose": "request.request",
    "HandoutError": "errors",
    "Patient": "request.request",
    "Press": "press.press",
    "Request": "request.request",
    "brand_path": "paths",
    "decide": "rules.safety",
    "find_brand": "brand.brand",
    "load_pack": "pack.pack",
}
__all__ = [
    "Brand",
    "Dose",
    "HandoutError",
    "Pack",
    "Patient",
    "Press",
    "Request",
    "brand_path",
    "decide",
    "find_brand",
    "load_pack",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module 'handouts' has no attribute '{name}'")
    return getattr(import_module(f"handouts.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})


def _version() -> str:
    """The installed version; reading it takes longer than printing a handout."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("handouts")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+checkout"
