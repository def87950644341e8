"""The hand-off as working code: what the page collects, what the server makes of it, and the relay between the two.

The names that this code returns are the names that the snippets of server calls use: ``docs/snippets.md`` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice.masking import sort_properties
from advisor.knowledge.libraries import Language
from advisor.model import Event, Plan, Recommendation, SourceType
from advisor.snippets.content import can_share, setting_of
from advisor.snippets.literals import literal
from advisor.snippets.naming import FunctionName, function_names
from advisor.snippets.templates import render
from advisor.snippets.values import Value

COOKIES: dict[str, str] = {"fbp": "_fbp", "fbc": "_fbc", "ttp": "_ttp", "li_fat_id": "li_fat_id", "epik": "_epik"}
"""Vendors' ids that a cookie of theirs holds as it is."""
LANDING = ("ttclid", "gclid", "msclkid", "rdt_cid", "ScCid", "epik")
"""Vendors' ids that the landing address holds, under the same name."""
COMPUTED = ("ga_client_id", "ga_session_id", "amplitude_session_id")
"""Vendors' ids that take more than reading: templates have a line for each."""
_APP_PARTS = ("device", "app", "os")
_SERVERS: dict[str, tuple[tuple[str, Language, tuple[str, ...]], ...]] = {
    "analytics-python": (
        ("Flask", "python", ("python", "flask")),
        ("Django", "python", ("python", "django")),
    ),
    "analytics-node": (("Express", "javascript", ("express",)),),
}
"""Server library -> for each framework its name, its language and its templates."""


@dataclass(frozen=True)
class HandoffFile:
    """Code for one place. ``title`` says where it runs."""

    title: str
    language: Language
    code: str


@dataclass(frozen=True)
class Wanted:
    """What the code of one event has to carry, read off its advice. ``properties`` are those that only the client knows,
    with their types.
    """

    sources: tuple[SourceType, ...]
    parts: tuple[str, ...]
    vendor_ids: tuple[str, ...]
    shared_ids: tuple[str, ...]
    properties: dict[str, Value]
    relay: bool
    user_absent: bool
    function: FunctionName

    @property
    def path(self) -> str:
        """The address that the page tells, in a relay."""
        return f"/events/{self.function.kebab}"


def handoff_code(plan: Plan, event: Event) -> tuple[HandoffFile, ...]:
    """The code of an advised event's hand-off: the page's first, then one for each framework of the plan's server library.

    Empty if the server needs nothing from the client. For server libraries in other languages than Python and JavaScript there
    is the page's code alone. Raises `TypeError` for an event that was not advised.
    """
    advice = event.recommendation
    if not isinstance(advice, Recommendation):
        raise TypeError("the event has not been advised")
    if not advice.handoff and not advice.shared_ids:
        return ()
    return tuple(_files(_wanted(event, advice), plan.sources.server))


def _files(wanted: Wanted, server: str | None) -> Iterator[HandoffFile]:
    if "web" in wanted.sources:
        yield HandoffFile("In the page", "javascript", _code(wanted, "browser", "javascript"))
    for framework, language, templates in _SERVERS.get(server or "", ()):
        code = "\n\n".join(_code(wanted, template, language, framework) for template in templates)
        yield HandoffFile(f"On the server, {framework}", language, code)


def _wanted(event: Event, advice: Recommendation) -> Wanted:
    own = {place.name: place.property.type for place in sort_properties(event.properties).from_client}
    places = [(each, each.to.partition(".")) for each in advice.handoff]
    parts = (name.partition(".")[0] for _, (place, _, name) in places if place == "context")
    ids = (each.value for each, (place, _, _) in places if place in ("properties", "traits") or setting_of(each.to))
    (function,) = function_names([(event.call, event.name)])
    return Wanted(
        sources=tuple(dict.fromkeys(each.source for each in advice.handoff)) or ("web",),
        parts=tuple(dict.fromkeys(parts)),
        vendor_ids=tuple(dict.fromkeys(each for each in ids if each not in own)),
        shared_ids=tuple(dict.fromkeys(pair.property for pair in advice.shared_ids if can_share(event, pair))),
        properties=dict(own),
        relay=advice.relay,
        user_absent=event.answers.get("user_absent") == "yes",
        function=function,
    )


def _code(wanted: Wanted, template: str, language: Language, framework: str = "") -> str:
    def lit(value: Value, depth: int = 0) -> str:
        return literal(value, language, depth)

    landing_ids = [name for name in LANDING if name in wanted.vendor_ids]
    code = render(
        f"handoff/{template}.j2",
        lit=lit,
        framework=framework.lower(),
        parts=list(wanted.parts),
        app_parts=[part for part in _APP_PARTS if part in wanted.parts],
        vendor_ids=wanted.vendor_ids,
        landing_ids=landing_ids,
        keeps_landing=bool(landing_ids) or "campaign" in wanted.parts,
        cookie_ids={name: cookie for name, cookie in COOKIES.items() if name in wanted.vendor_ids},
        shared_ids=list(wanted.shared_ids),
        all_ids=[*wanted.vendor_ids, *wanted.shared_ids],
        properties=wanted.properties,
        property_pairs=[[name, types] for name, types in wanted.properties.items()],
        relay=wanted.relay,
        user_absent=wanted.user_absent,
        function=wanted.function,
        path=wanted.path,
    )
    return code.strip("\n") + "\n"
