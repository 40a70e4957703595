"""One handout → one file, whole or not at all; the day it is made on; its pages as pictures."""

import os
import tempfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from handouts.errors import InputError, OutputError

PICTURE_DPI = 150


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (reproducible-builds.org) if it is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError("is not a number of seconds", where="SOURCE_DATE_EPOCH",
                         cure="Unset it, or set it to seconds since 1970.") from error


def write_whole(path: Path, data: bytes, *, private: bool) -> None:
    """Writes a file whole or not at all; `private` ones can be read by their owner only.

    The bytes go to a temporary file in the same folder, which then takes the name. Raises
    OutputError.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".handout-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o600 if private else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> OutputError:
    reason = (error.strerror or "unknown error").lower()
    return OutputError(f"can't be written ({reason})", where=str(path),
                       cure="Choose another place with -o, or mend the folder's rights or space.")


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def pictures(data: bytes) -> list[bytes]:
    """Each page of a PDF as a PNG, at 150 pixels an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [_png(page) for page in document]
    finally:
        document.close()


def _png(page: "object") -> bytes:
    buffer = BytesIO()
    image = page.render(scale=PICTURE_DPI / 72).to_pil()  # type: ignore[attr-defined]
    image.save(buffer, "PNG")
    return buffer.getvalue()
