"""Files of patients → rows: each a handout asked for, or why it can't be.

Nothing that a reader can't use is dropped in silence, and no row's problem stops the others.
"""

from handouts.readers.inputs import read
from handouts.readers.rows import Aside, Row

__all__ = ["Aside", "Row", "read"]
