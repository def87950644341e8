"""What a destination of the catalogue is, in a few words: from where it is reached, its version, and why a search found it."""

from __future__ import annotations

from advisor.knowledge.catalogue import NEVER_FED, STORAGE_KIND, Row
from advisor.knowledge.destination_search import Hit
from advisor.text import shorten

STATUS_WORDS = {"RETIRED": "retired", "DEPRECATED": "deprecated", "PRIVATE_BETA": "private beta", "PUBLIC_BETA": "beta"}
"""Status in the catalogue -> the word for it. Public destinations need none."""
_LONGEST_SHOWN = 60


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
    version = "newer version, with mappings" if row.is_actions else "classic version"
    return ", ".join(filter(None, (reached_from(row), version, STATUS_WORDS.get(row.status, ""))))


def why_found(hit: Hit) -> str:
    """Return why a search found a destination; empty if its name shows it."""
    text = f"“{shorten(hit.name, _LONGEST_SHOWN)}”"
    match hit.why:
        case "everyday name":
            return f"{text}, an everyday name for it"
        case "newer name":
            return f"{text}, what it is called today"
        case "maker":
            return f"{text}, its maker or network"
        case "former name":
            return f"formerly {hit.name}" if hit.name in hit.row.previous_names else f"{text}, a former name"
        case "similar":
            return "a similar name"
    is_shown = hit.name in (hit.row.name, hit.row.key)
    return "" if is_shown else f"formerly {hit.name}"
