"""The formats that plans are exported to and imported from, for the web app, the API and the command line.

Each format has its own module. Formats of other tools are behind a door of their own, `advisor.formats.exchange`, because
most commands never need their parsers. `EXPORTS` and `IMPORTS` are the formats of the pages and the API.
"""

from advisor.formats.exports import EXPORTS, IMPORTS
from advisor.formats.shape import Export, Import

__all__ = ["EXPORTS", "IMPORTS", "Export", "Import"]
