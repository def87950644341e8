"""How much of a file is read, for every reader of a format. What a plan document may hold is in `advisor.document_limits`."""

from __future__ import annotations

MAX_TREE_BYTES = 200 * 1024 * 1024
"""How many bytes a file, a folder or the unpacked content of a zip may have."""
MAX_FILES = 20_000
"""How many files a folder or a zip may have."""
MAX_RATIO = 200
"""How many times larger than its packed form a file in a zip may be; ordinary text stays far below."""
MIN_BYTES_FOR_RATIO = 1024 * 1024
"""Up to this many bytes a file in a zip may have any ratio: small files of blanks pack very well."""
MAX_PATH = 1_000
"""How many characters the path of a file may have."""
MAX_NODES = 5_000_000
"""How many values a YAML or HCL file may have, counted after aliases are followed."""
MAX_REFERENCES = 1_000
"""How many local references of one JSON Schema are followed."""
MAX_COLUMNS = 1_000
"""How many columns a table may have."""
MAX_ROWS = 200_000
"""How many rows a table may have."""
MAX_CELL = 100_000
"""How many characters a cell of a table may have."""
MAX_NOTICES = 1_000
"""How many warnings are kept for one import; the last one says how many more there were."""
MAX_WORKBOOK_CELL = 32_767
"""How many characters a cell of an Excel workbook can hold."""
