"""Plans in which every property has a name of its own, for the laws of the privacy lens."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import check
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination, Event, Plan, Property, Sources

NAMES = ("email", "total", "token", "address", "first_name", "margin")
KEYS = ("Facebook Pixel", "Actions Amplitude", "Mixpanel", "AWS S3", "Google Tag Manager", "LinkedIn Insight Tag")
leaves = st.builds(
    Property,
    name=st.sampled_from(NAMES),
    sensitive=st.booleans(),
    required=st.booleans(),
    personal=st.sampled_from(["", "", "contact", "health", "credential"]),
    known_by=st.sampled_from(["either", "client", "server"]),
)


def _lists(of: st.SearchStrategy[Property]) -> st.SearchStrategy[tuple[Property, ...]]:
    return st.lists(of, max_size=4, unique_by=lambda item: item.name).map(tuple)


properties = _lists(st.builds(lambda item, inner: replace(item, properties=inner), leaves, _lists(leaves)))
events = st.builds(
    Event,
    name=st.sampled_from(["Order Completed", "Injury Reported", "Signed In"]),
    call=st.sampled_from(["track", "identify", "page"]),
    answers=st.dictionaries(
        st.sampled_from(["sensitive", "browser_only", "stored_in_database", "needs_cookies", "payment"]),
        st.sampled_from(["yes", "no"]),
    ),
    destinations=st.just("all") | st.lists(st.sampled_from(KEYS[:3]), unique=True).map(tuple),
    properties=properties,
)
small_plans = st.builds(
    Plan,
    sources=st.builds(
        Sources,
        client=st.sampled_from([(), ("analytics.js",), ("analytics.js", "swift")]),
        server=st.sampled_from([None, "analytics-node"]),
    ),
    destinations=st.just(tuple(Destination(key=key) for key in KEYS if key in CATALOGUE)),
    warehouse=st.booleans(),
    common=properties,
    events=st.lists(events, max_size=5).map(tuple),
)
"""Plans in which names are unique and hold no dots, so that the name of a property says which one is meant."""


def advised(plan: Plan) -> Plan:
    """Return the plan as it is stored, advised."""
    return advise(check(plan)[0])
