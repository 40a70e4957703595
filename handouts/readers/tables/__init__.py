"""A table, as CSV or a workbook → rows, each a handout asked for by a record."""

from handouts.readers.tables.cells import rows
from handouts.readers.tables.reading import Reading
from handouts.readers.tables.table import Saved, Table, none_saved, open_table

__all__ = ["Reading", "Saved", "Table", "none_saved", "open_table", "rows"]
