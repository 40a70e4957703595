"""Files of patients → rows: each a handout asked for, or why it can't be.

Nothing that a reader can't use is dropped in silence, and no row's problem stops the others; what
is wrong with a file as a whole is told before the first row of all.
"""

from handouts.readers.rows import Row

__all__ = ["Row"]
