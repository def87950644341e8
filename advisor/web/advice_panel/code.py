"""The code of an event's calls in the advice panel: one library per side, the others as links.

Only the shown code is generated. A library that the plan does not use replaces the plan's own library, and the event is
advised again with it, so that the integrations object is correct for that library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from advisor.advice import advise_event
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES, Library, libraries_of
from advisor.model import Event, Plan, Side, recommendation_of, with_all_properties
from advisor.presentation.calls import CallSheet, Token, call_sheets
from advisor.snippets import Setup, setup, snippet
from advisor.snippets.content import Content, content_of
from advisor.web.advice_panel.chosen_code import Chosen, in_place_of
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.advice_panel.handoff_code import HandoffSheet, handoff_sheet
from advisor.web.advice_panel.highlight import highlight
from advisor.web.advice_panel.tabs import Tab, with_choice
from advisor.web.check.link import check_query

TRIED = {
    "run in our tests": "We run this library’s snippets and compare what arrives with the advice.",
    "checked for syntax": "The language’s own compiler or checker accepts these snippets. They haven’t sent anything yet.",
    "reviewed": "A person has read these snippets; no compiler has. Try them before you rely on them.",
}
"""How well the snippets of a library are tested, by the library's ``verified`` value, as a sentence."""


@dataclass(frozen=True)
class CallCode:
    """The code of one call, and its object as ``sheet``.

    ``check`` is the query of ``/integrations`` that checks the object, or None. ``shared`` are sentences about the
    properties that need the same value in both calls.
    """

    tokens: tuple[Token, ...]
    sheet: CallSheet
    check: str | None
    shared: tuple[str, ...]


@dataclass(frozen=True)
class SideCode:
    """The code of one side: its tabs and the shown library.

    ``near`` are the tabs of the plan's libraries and of the shown library, ``other`` those of all other libraries.
    ``is_own`` says whether the plan uses the shown library. ``bare`` is the object of a call that no library makes yet.
    """

    side: Side
    near: tuple[Tab, ...]
    other: tuple[Tab, ...]
    library: Library | None
    is_own: bool
    code: CallCode | None
    bare: CallSheet | None
    setup: Setup | None
    tried: str


@dataclass(frozen=True)
class CodeSheet:
    """All code of the advice panel. ``in_view`` is the side shown at first; ``addresses`` show each side."""

    chosen: Chosen
    sides: tuple[SideCode, ...]
    in_view: Side
    handoff: HandoffSheet | None
    addresses: dict[Side, str | None]
    page: CodePage


def code_sheet(plan: Plan, event: Event, chosen: Chosen, page: CodePage) -> CodeSheet:
    """Return the code of an advised event of a plan."""
    advice = recommendation_of(event)
    sides = tuple(dict.fromkeys(call.side for call in advice.calls))
    return CodeSheet(
        chosen=chosen,
        sides=tuple(_side(plan, event, side, chosen, page) for side in sides),
        in_view=chosen.side if chosen.side in sides else sides[0],
        handoff=handoff_sheet(plan, event, chosen, page.address),
        addresses={side: with_choice(page.address, replace(chosen, side=side)) for side in sides},
        page=page,
    )


def _side(plan: Plan, event: Event, side: Side, chosen: Chosen, page: CodePage) -> SideCode:
    own = [call.library for call in recommendation_of(event).calls if call.side == side and call.library]
    first = own[0] if own else None
    wanted = chosen.library(side)
    key = wanted or first
    tabs = [_tab(library, key, first, chosen, page) for library in libraries_of(side)]
    known = LIBRARIES.get(key or "")
    return SideCode(
        side=side,
        near=tuple(tab for tab in tabs if tab.key in own or tab.is_current),
        other=tuple(tab for tab in tabs if tab.key not in own and not tab.is_current),
        library=known,
        is_own=key in own,
        code=_code(plan, event, first if key not in own else None, known, page) if known else None,
        bare=None if known else _bare_sheet(event, side),
        setup=_setup(known.key) if known else None,
        tried=TRIED[known.code.verified] if known else "",
    )


def _bare_sheet(event: Event, side: Side) -> CallSheet:
    """Return the object of a call for which the plan has no library."""
    return next(sheet for sheet in call_sheets(event, recommendation_of(event)) if sheet.side == side)


def _tab(library: Library, shown: str | None, first: str | None, chosen: Chosen, page: CodePage) -> Tab:
    value = None if library.key == first else library.key
    in_view = replace(chosen, side=library.side)
    other = replace(in_view, client=value) if library.side == "client" else replace(in_view, server=value)
    return Tab(
        key=library.key,
        text=library.name,
        address=with_choice(page.address, other),
        is_current=library.key == shown,
        is_old=library.status != "current",
    )


def _code(plan: Plan, event: Event, own: str | None, library: Library, page: CodePage) -> CallCode | None:
    """Return the code for this library; None if the event would have no call on its side with it."""
    if not any(call.library == library.key for call in recommendation_of(event).calls):
        plan = in_place_of(plan, event, own, library.key)
        event = advise_event(plan, 0)
    advice = recommendation_of(event)
    event = with_all_properties(plan, event)
    for call, sheet in zip(advice.calls, call_sheets(event, advice), strict=True):
        if call.library == library.key:
            said = content_of(event, call)
            text = snippet(plan, event, call, permalink=page.permalink).text.strip("\n")
            return CallCode(
                tokens=highlight(text, library.code.language),
                sheet=sheet,
                check=check_query(plan, event, call),
                shared=tuple(_shared_id_sentences(said)),
            )
    return None


def _shared_id_sentences(said: Content) -> Iterator[str]:
    for pair in said.shared:
        client, server = destination_name(pair.client), destination_name(pair.server)
        yield f"{client} and {server} tell copies apart by “{pair.property}”: pass the same value in both calls."


@cache
def _setup(key: str) -> Setup:
    return setup(key)
