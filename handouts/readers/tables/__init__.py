"""A CSV file → rows, each a handout asked for by a record."""

from handouts.readers.tables.cells import CsvTable, Saved, none_saved, open_table, rows

__all__ = ["CsvTable", "Saved", "none_saved", "open_table", "rows"]
