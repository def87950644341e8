"""The hand-off as code in the advice panel: what the page collects and how the server uses it, one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgspec.structs import replace as replace_struct

from advisor.knowledge.libraries import LIBRARIES, Language
from advisor.knowledge.wording import event_wording
from advisor.model import Event, Plan, Recommendation, recommendation_of
from advisor.presentation.calls import Token
from advisor.snippets.handoff_code import HandoffFile, handoff_code, wanted_by
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.highlight import highlight
from advisor.web.advice_panel.tabs import Tab, with_choice


@dataclass(frozen=True)
class Place:
    """A place where hand-off code runs. ``title`` is its title in `handoff_code`, ``library`` its server library."""

    key: str
    name: str
    title: str
    library: str | None = None


PAGE = Place("page", "In the page", "In the page")
PLACES = (
    Place("express", "Express", "On the server, Express", "analytics-node"),
    Place("flask", "Flask", "On the server, Flask", "analytics-python"),
    Place("django", "Django", "On the server, Django", "analytics-python"),
)
_TELLS = "Where it happens, the page calls tellServer."
_POSTS = "Where it happens, the app posts the values as JSON."
_ENDPOINT = "The endpoint at the end of the server’s code takes that, makes the call and answers 204."
_STORED = (
    "It can happen with no {place} running. Store what toStore (to_store) gives while one is, at sign-up or checkout, "
    "and read it with fromStored (from_stored) when the time comes. Keep it no longer than you told the visitor."
)
_IDENTITY = "The user’s ID comes from your own session, never from what the {place} sent: anyone can send anything."
_CONSENT = (
    "Pass the visitor’s answer along as it is. Before there is one, pass nothing: an empty consent object denies every "
    "destination that has a category."
)
_LANDING = (
    " The page keeps the landing’s campaign and clicks for the visit. Call keepLanding(true) where the visitor agrees, and they "
    "outlive the tab; call keepLanding(false) where they refuse."
)


@dataclass(frozen=True)
class HandoffSheet:
    """The code of the page and of one place on the server, the tabs of the places, and remarks (a heading and a text each).

    ``page`` is empty if the event happens in apps only. ``example_for`` is the name of the server library if there is no
    code for it and another library's code is shown.
    """

    page: tuple[Token, ...]
    tabs: tuple[Tab, ...]
    place: Place
    tokens: tuple[Token, ...]
    remarks: tuple[tuple[str, str], ...]
    language: Language
    example_for: str | None


def handoff_sheet(plan: Plan, event: Event, chosen: Chosen, address: str | None) -> HandoffSheet | None:
    """Return the hand-off of an advised event, for the chosen server library; None if its calls need no hand-off.

    ``address`` is that of `code_page.CodePage`.
    """
    advice = recommendation_of(event)
    if not advice.handoff and not advice.shared_ids:
        return None
    server = chosen.server or plan.sources.server
    # The places of the server's library come first; otherwise keep the order of PLACES.
    places = sorted(PLACES, key=lambda place: place.library != server)
    place = next((place for place in places if place.key == chosen.place), places[0])
    file = _file(plan, event, place)
    page = _file(plan, event, PAGE) if _is_on_web(advice) else None
    is_example = server is not None and server not in {place.library for place in PLACES}
    return HandoffSheet(
        page=_tokens(page) if page else (),
        tabs=tuple(_tab(each, place, chosen, address) for each in places),
        place=place,
        tokens=_tokens(file),
        remarks=tuple(_remarks(plan, event, advice)),
        example_for=LIBRARIES[server].name if server and is_example else None,
        language=file.language,
    )


def _tab(place: Place, shown: Place, chosen: Chosen, address: str | None) -> Tab:
    choice = replace(chosen, place=place.key, side="server")
    return Tab(place.key, place.name, with_choice(address, choice), is_current=place == shown)


def _tokens(file: HandoffFile) -> tuple[Token, ...]:
    return highlight(file.code.strip("\n"), file.language)


def _is_on_web(advice: Recommendation) -> bool:
    return not advice.handoff or any(value.source == "web" for value in advice.handoff)


def _file(plan: Plan, event: Event, place: Place) -> HandoffFile:
    sources = replace_struct(plan.sources, server=place.library or plan.sources.server)
    files = handoff_code(replace_struct(plan, sources=sources), event)
    return next(file for file in files if file.title == place.title)


def _remarks(plan: Plan, event: Event, advice: Recommendation) -> Iterator[tuple[str, str]]:
    wording = event_wording(plan.sources, event)
    if advice.relay:
        told = [_TELLS] if _is_on_web(advice) else []
        told += [_POSTS] if any(value.source == "mobile" for value in advice.handoff) else []
        yield "Relay", " ".join((*told, _ENDPOINT))
    if event.answers.get("user_absent") == "yes":
        yield "Store it", wording.say(_STORED)
    yield "Identity", wording.say(_IDENTITY)
    yield "Consent", _CONSENT + (_LANDING if _is_on_web(advice) and wanted_by(event, advice).keeps_landing else "")
