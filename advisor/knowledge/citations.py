"""The sources of our claims: addresses, and the titles to print beside them."""

_DOCS = "https://www.twilio.com/docs/segment"

CLIENT_OR_SERVER = f"{_DOCS}/guides/how-to-guides/collect-on-client-or-server"
ACADEMY = "https://segment.com/academy/collecting-data/when-to-track-on-the-client-vs-server"
CROSS_CHANNEL = f"{_DOCS}/guides/how-to-guides/cross-channel-tracking"
ADVERTISING_FUNNEL = f"{_DOCS}/guides/how-to-guides/measure-advertising-funnel"
DESTINATIONS = f"{_DOCS}/connections/destinations"
IDENTIFY = f"{_DOCS}/connections/spec/best-practices-identify"
COMMON_FIELDS = f"{_DOCS}/connections/spec/common"
FILTERING = f"{_DOCS}/guides/filtering-data"
DUPLICATES = f"{_DOCS}/guides/duplicate-data"

CITATIONS: dict[str, str] = {
    CLIENT_OR_SERVER: "Segment, Client-side vs. server-side event tracking",
    ACADEMY: "Segment Academy, When to track on the client vs. server",
    CROSS_CHANNEL: "Segment, Cross-channel tracking",
    ADVERTISING_FUNNEL: "Segment, Measuring your advertising funnel",
    DESTINATIONS: "Segment, Destinations overview",
    IDENTIFY: "Segment, Best practices for identifying users",
    COMMON_FIELDS: "Segment Spec, Common fields",
    FILTERING: "Segment, Filtering your Segment data",
    DUPLICATES: "Segment, Handling duplicate data",
}
"""Address -> title, for every address that is cited."""
