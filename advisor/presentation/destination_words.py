"""What a destination of the catalogue is, in a few words: from where it is reached, its version, and why a search found it."""

from __future__ import annotations

from advisor.knowledge.catalogue import NEVER_FED, NOT_STREAMS, STORAGE_KIND, Row
from advisor.knowledge.destination_search import Hit

STATUS_WORDS = {"RETIRED": "retired", "DEPRECATED": "deprecated", "PRIVATE_BETA": "private beta", "PUBLIC_BETA": "beta"}
"""Status in the catalogue -> the word for it. Public destinations need none."""


def reached_from(row: Row) -> str:
    """Return from where a destination is reached, as the end of a sentence: ``from any side``, ``in the page only``."""
    if row.kind in NEVER_FED:
        return "takes no single events"
    if row.kind == STORAGE_KIND:
        return "stores every call"
    web, mobile, server = row.reaches("web"), row.reaches("mobile"), row.reaches("server")
    if web and mobile and server:
        return "from any side"
    places = [("in the page" if web[0] == "device" else "from the page")] if web else []
    places += [("in the app" if mobile[0] == "device" else "from the app")] if mobile else []
    places += ["from the server"] if server else []
    return f"{places[0]} only" if len(places) == 1 else " and ".join(places) or "by no source"


def what_sets_apart(row: Row) -> str:
    """Return what distinguishes a destination from others of the same name: its reach, its version and its status."""
    version = (
        "newer version, with mappings" if row.is_actions else "classic version" if row.kind not in NOT_STREAMS else ""
    )
    return ", ".join(filter(None, (reached_from(row), version, STATUS_WORDS.get(row.status, ""))))


def why_found(hit: Hit) -> str:
    """Return why a search found a destination, in a few words; empty if its name shows it."""
    match hit.why:
        case "former name" if hit.name in hit.row.previous_names:
            return f"formerly {hit.name}"
        case "maker":
            return "by its maker or network"
        case "similar":
            return "a similar name"
        case "everyday name" | "newer name" | "former name":
            return f"by {'an everyday' if hit.why == 'everyday name' else 'a ' + hit.why.split()[0]} name"
    return "" if hit.name in (hit.row.name, hit.row.key) else f"formerly {hit.name}"
