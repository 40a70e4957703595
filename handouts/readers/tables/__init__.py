"""A table, as CSV or a workbook → rows, each a handout asked for by a record."""

from handouts.readers.tables.cells import rows
from handouts.readers.tables.days import ORDERS
from handouts.readers.tables.inspecting import Inspected, SeenColumn, inspect_table
from handouts.readers.tables.reading import Reading, as_toml, saved_reading
from handouts.readers.tables.table import Saved, Table, none_saved, open_table

__all__ = ["ORDERS", "Inspected", "Reading", "Saved", "SeenColumn", "Table", "as_toml",
           "inspect_table", "none_saved", "open_table", "rows", "saved_reading"]
