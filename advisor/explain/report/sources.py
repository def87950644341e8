"""The sources that explanations cite: the addresses of `advisor.knowledge.citations`, and further ones."""

from __future__ import annotations

from advisor.knowledge.citations import CITATIONS, COMMON_FIELDS, DESTINATIONS, FILTERING
from advisor.knowledge.libraries import LIBRARIES

_DOCS = "https://www.twilio.com/docs/segment"

JAVASCRIPT = LIBRARIES["analytics.js"].docs
WAREHOUSES = f"{_DOCS}/connections/storage/warehouses/faq"
FUNCTIONS = f"{_DOCS}/connections/functions/destination-functions"
OBJECT_STORES = f"{_DOCS}/connections/storage/catalog/aws-s3"
CONSENT = f"{_DOCS}/privacy/consent-management/consent-in-segment-connections"
INSTANCES = f"{_DOCS}/connections/destinations/add-destination"

SOURCES: dict[str, str] = (
    CITATIONS
    | {library.docs: f"Segment, {library.name} library" for library in reversed(LIBRARIES.values())}
    | {
        WAREHOUSES: "Segment, Warehouse FAQs",
        FUNCTIONS: "Segment, Destination functions",
        OBJECT_STORES: "Segment, AWS S3 storage",
        CONSENT: "Segment, Consent in Segment Connections",
        INSTANCES: "Segment, Adding Destinations",
    }
)
"""Address -> title, for every address that an explanation cites."""

__all__ = [
    "COMMON_FIELDS",
    "CONSENT",
    "DESTINATIONS",
    "FILTERING",
    "FUNCTIONS",
    "INSTANCES",
    "JAVASCRIPT",
    "OBJECT_STORES",
    "SOURCES",
    "WAREHOUSES",
]
