"""The plan document as a format to export and import. ``docs/document.md`` describes it."""

from __future__ import annotations

from advisor.document import Reading, read, write
from advisor.formats.shape import Export, Import


def _read(data: bytes, max_body: int) -> Reading:
    return read(data, max_body=max_body)


EXPORT = Export(
    key="json",
    name="Tracking plan, JSON",
    extension="json",
    media_type="application/json",
    keeps="nothing lost",
    summary="Everything, with the advice. Comes back exactly as it left. The same plan always gives the same file.",
    write=write,
)
IMPORT = Import(key="json", name="Tracking plan, JSON", read=_read)
