"""The import of plans from files and pasted text: one page that takes them, and one that previews what they would do."""
