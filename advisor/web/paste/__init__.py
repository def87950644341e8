"""Reads what people paste from a spreadsheet."""
