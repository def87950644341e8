"""The formats that plans are exported to and imported from, for the web app, the API and the command line.

Each format has its own module.
"""

from advisor.formats.exports import EXPORTS, IMPORTS
from advisor.formats.shape import Export, Import

__all__ = ["EXPORTS", "IMPORTS", "Export", "Import"]
