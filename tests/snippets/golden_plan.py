"""The plan of the golden files, small enough to read, and the files themselves.

``python tests/snippets/write_golden.py`` writes them again; the difference is reviewed like any other.
"""

from __future__ import annotations

from pathlib import Path

from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Destination, Event, Plan, Property, Sources
from advisor.snippets.files import File, snippets_of

FOLDER = Path(__file__).parent / "golden"
HOSTILE = 'Sam’s "50% off" $5 #{x} \\(y) */ ?> </script>\n\u202eend'


def plan(library: str) -> Plan:
    """Return the plan of a shop with this library on its side."""
    known = LIBRARIES[library]
    client = (library,) if known.side == "client" else ("analytics.js",)
    server = library if known.side == "server" else "analytics-node"
    return advise(
        Plan(
            name="Golden",
            sources=Sources(client=client, server=server),
            destinations=(
                Destination(key="Facebook Pixel"),
                Destination(key="Facebook Conversions API (Actions)"),
                Destination(key="AppsFlyer", mobile_mode="device"),
                Destination(key="Mixpanel"),
            ),
            warehouse=True,
            events=(
                Event(
                    name="Order Completed",
                    answers={"payment": "yes", "needs_cookies": "yes"},
                    properties=(
                        Property(name="total", type="number", required=True, known_by="server"),
                        Property(name="currency", values=("EUR", "USD")),
                        Property(name="gift", type="boolean", known_by="client"),
                        Property(name="products", type="array", properties=(Property(name="sku", type="string"),)),
                    ),
                ),
                Event(
                    name=HOSTILE,
                    answers={"browser_only": "yes"} if known.side == "client" else {"user_absent": "yes"},
                    destinations=("Mixpanel",),
                    properties=(
                        Property(name=HOSTILE, type="object", properties=(Property(name="n", type="integer"),)),
                    ),
                ),
                Event(name="Welcome", call="screen" if known.type == "mobile" else "page", answers={"sensitive": "no"}),
                Event(
                    name="profile",
                    call="identify",
                    answers={} if known.type == "mobile" else {"stored_in_database": "no"},
                    properties=(Property(name="plan", type="string"),),
                ),
                Event(
                    name="merge", call="alias", answers={"stored_in_database": "no"} if known.side == "client" else {}
                ),
            ),
        )
    )


def golden() -> dict[str, str]:
    """Return every library's files as they are written today, as name -> text."""
    files: list[File] = [file for key in LIBRARIES for file in snippets_of(plan(key), [key])]
    return {file.name: file.text for file in files}
