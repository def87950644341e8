"""Reads what people paste from a spreadsheet. The grid and the table of properties use the same reader and the same words."""
