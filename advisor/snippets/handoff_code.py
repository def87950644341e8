"""Writes the hand-off as working code: what the page collects, how the server reads it, and the relay between the two.

The code returns the names that the snippets of server calls use: ``docs/snippets.md`` lists them.
Used by `advisor.web.advice_panel.handoff_code`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from advisor.advice.reach.masking import sort_properties
from advisor.knowledge.libraries import Language
from advisor.model import Event, Plan, Recommendation, SourceType, recommendation_of, with_all_properties
from advisor.snippets.content import can_share, setting_of
from advisor.snippets.function_names import FunctionName, function_names
from advisor.snippets.library_templates import render
from advisor.snippets.literals import literal
from advisor.snippets.values import Value

COOKIES: dict[str, str] = {
    "fbp": "_fbp",
    "fbc": "_fbc",
    "ttp": "_ttp",
    "rdt_uuid": "_rdt_uuid",
    "scid": "_scid",
    "epik": "_epik",
    "li_fat_id": "li_fat_id",
    "hubspotutk": "hubspotutk",
    "dub_id": "dub_id",
    "vwo_uuid": "_vwo_uuid",
}
"""Vendors' ids -> the vendor's cookie that holds the id unchanged."""
CLICKS: dict[str, str] = {
    "gclid": "gclid",
    "gbraid": "gbraid",
    "wbraid": "wbraid",
    "fbc": "fbclid",
    "ttclid": "ttclid",
    "msclkid": "msclkid",
    "rdt_cid": "rdt_cid",
    "ScCid": "ScCid",
    "ndclid": "ndclid",
    "epik": "epik",
    "li_fat_id": "li_fat_id",
}
"""Vendors' ids of clicks -> the parameter of the landing address that has the click."""
GOOGLE: dict[str, str] = {
    "ga_client_id": r"(?:^|\.)([0-9]+\.[0-9]+)$",
    "ga_session_id": r"^GS(?:1\.[^.]*\.|2\.[^.]*\.(?:.*\$)?s)([0-9]+)",
    "ga_session_number": r"^GS(?:1\.[^.]*\.[0-9]+\.|2\.[^.]*\.(?:.*\$)?o)([0-9]+)",
}
"""Google Analytics' ids -> the expression whose first group is the id in the cookie _ga or in that of the stream.

GS1 identifies fields by position, GS2 by letter. The expressions mean the same in Python and JavaScript.
"""
COMPUTED = ("amplitude_session_id",)
"""Vendors' ids that only the page can read; its template has a line for each."""
_PAGE = {
    "url": "location.href",
    "path": "location.pathname",
    "search": "location.search",
    "title": "document.title",
    "referrer": "document.referrer",
}
"""Fields of a page -> the JavaScript expression that reads them."""
_SERVERS: dict[str, tuple[tuple[str, Language, tuple[str, ...]], ...]] = {
    "analytics-python": (
        ("Flask", "python", ("python", "flask")),
        ("Django", "python", ("python", "django")),
    ),
    "analytics-node": (("Express", "javascript", ("express",)),),
}
"""Server library -> the name, the language and the templates of each framework."""


@dataclass(frozen=True)
class HandoffFile:
    """Code for one place. ``title`` says where it runs."""

    title: str
    language: Language
    code: str


@dataclass(frozen=True)
class Wanted:
    """What the hand-off code of one event must carry, taken from its advice.

    ``parts`` are those of the context, ``page`` the fields of its page; ``properties`` are those that only the client knows,
    with their types.
    """

    sources: tuple[SourceType, ...]
    parts: tuple[str, ...]
    page: tuple[str, ...]
    vendor_ids: tuple[str, ...]
    shared_ids: tuple[str, ...]
    properties: dict[str, Value]
    relay: bool
    user_absent: bool
    function: FunctionName

    @property
    def clicks(self) -> tuple[str, ...]:
        """The parameters of the landing address that identify clicks."""
        return tuple(CLICKS[name] for name in self.vendor_ids if name in CLICKS)

    @property
    def keeps_landing(self) -> bool:
        """Whether the page stores parameters of the landing address."""
        return bool(self.clicks) or "campaign" in self.parts

    @property
    def path(self) -> str:
        """The address to which the page sends the event, in a relay."""
        return f"/events/{self.function.kebab}"


def handoff_code(plan: Plan, event: Event) -> tuple[HandoffFile, ...]:
    """Return the hand-off code of an advised event: the page's first, then one for each framework of the server library.

    Empty if the server needs nothing from the client. For server libraries in other languages than Python and JavaScript,
    only the page's code is returned. Raises `TypeError` for an event that was not advised.
    """
    advice = recommendation_of(event)
    if not advice.handoff and not advice.shared_ids:
        return ()
    return tuple(files_for(wanted_by(with_all_properties(plan, event), advice), plan.sources.server))


def files_for(wanted: Wanted, server: str | None) -> Iterator[HandoffFile]:
    """Yield the code files of a hand-off for this server library."""
    if "web" in wanted.sources:
        yield HandoffFile("In the page", "javascript", _code(wanted, "browser", "javascript"))
    for framework, language, templates in _SERVERS.get(server or "", ()):
        code = "\n\n".join(_code(wanted, template, language, framework) for template in templates)
        yield HandoffFile(f"On the server, {framework}", language, code)


def wanted_by(event: Event, advice: Recommendation) -> Wanted:
    """Return what the hand-off code of an advised event must carry."""
    own = {place.name: place.property.type for place in sort_properties(event.properties).from_client}
    places = [(each, each.to.partition(".")) for each in advice.handoff]
    context = [name.split(".") for _, (place, _, name) in places if place == "context"]
    ids = (each.value for each, (place, _, _) in places if place in ("properties", "traits") or setting_of(each.to))
    (function,) = function_names([(event.call, event.name)])
    return Wanted(
        sources=tuple(dict.fromkeys(each.source for each in advice.handoff)) or ("web",),
        parts=tuple(dict.fromkeys(part for part, *_ in context)),
        page=_page_fields(context),
        vendor_ids=tuple(dict.fromkeys(each for each in ids if each not in own)),
        shared_ids=tuple(dict.fromkeys(pair.property for pair in advice.shared_ids if can_share(event, pair))),
        properties=dict(own),
        relay=advice.relay,
        user_absent=event.answers.get("user_absent") == "yes",
        function=function,
    )


def _page_fields(context: list[list[str]]) -> tuple[str, ...]:
    """Return the fields of a page that the hand-off lists: all if it lists the page as a whole."""
    listed = {field for part, *fields in context if part == "page" for field in fields or _PAGE}
    return tuple(field for field in _PAGE if field in listed)


def _code(wanted: Wanted, template: str, language: Language, framework: str = "") -> str:
    def write_literal(value: Value, depth: int = 0) -> str:
        return literal(value, language, depth)

    def names(values: Iterable[str]) -> str:
        return f"[{', '.join(map(write_literal, values))}]"

    code = render(
        f"handoff/{template}.j2",
        lit=write_literal,
        names=names,
        framework=framework.lower(),
        from_web="web" in wanted.sources,
        relay=wanted.relay,
        user_absent=wanted.user_absent,
        function=wanted.function,
        path=wanted.path,
        properties=wanted.properties,
        property_pairs=[[name, types] for name, types in wanted.properties.items()],
        **_of_ids(wanted, keeps_others=template == "browser"),
    )
    return code.strip("\n") + "\n"


def _of_ids(wanted: Wanted, *, keeps_others: bool) -> dict[str, Any]:
    """Return the template variables for context and ids.

    With ``keeps_others``, the code keeps clicks that the code of another event has stored.
    """
    page = [field for field in _PAGE if field in wanted.page or (field == "url" and wanted.keeps_landing)]
    google = [name for name in GOOGLE if name in wanted.vendor_ids]
    return {
        "parts": list(wanted.parts),
        "page_fields": page,
        "page_reads": [(field, _PAGE[field]) for field in page],
        "vendor_ids": wanted.vendor_ids,
        "shared_ids": wanted.shared_ids,
        "all_ids": tuple(dict.fromkeys((*wanted.vendor_ids, *wanted.shared_ids))),
        "cookie_ids": COOKIES,
        "clicks": wanted.clicks,
        "keeps_landing": wanted.keeps_landing,
        "reads_clicks": bool(wanted.clicks) or (wanted.keeps_landing and keeps_others),
        "plain_clicks": [name for name in wanted.vendor_ids if CLICKS.get(name) == name],
        "checks_ids": not keeps_others or any(name in CLICKS and name in COOKIES for name in wanted.vendor_ids),
        "reads_texts": bool(page or {"campaign", "device", "app", "os"} & set(wanted.parts)),
        "reads_ids": any(name in (COOKIES | CLICKS | GOOGLE) for name in wanted.vendor_ids),
        "google": {
            "patterns": GOOGLE,
            "wanted": google,
            "session": [name for name in google if name != "ga_client_id"],
        },
        "parses": wanted.keeps_landing or not keeps_others,
    }
