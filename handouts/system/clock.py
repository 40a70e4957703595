"""The day that the program takes for today."""

import os
from datetime import UTC, date, datetime

from handouts.errors import InputError


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
