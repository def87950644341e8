"""Says what becomes of an event in one case, in at most three short sentences, for the first page."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.catalogue import destination_name
from advisor.model import Plan
from advisor.text import join_names, plural, spell_number
from advisor.web.advise.arrivals import BLOCKED, CONSENT, NOBODY_THERE, REFUSED, Outcome

CAUSES = {
    BLOCKED: "blocked",
    REFUSED: "refused",
    NOBODY_THERE: "nobody there",
    "mode": "runs in the page",
}
"""Why a tool gets nothing, in two or three words. The last two are reason codes of the law (law, part 2.2)."""


def sentences(plan: Plan, result: Outcome) -> tuple[str, ...]:
    """Return what becomes of the event of a plan in this case. Both sides of the plan feed at least one tool."""
    return tuple(_said(plan, result))


def _said(plan: Plan, result: Outcome) -> Iterator[str]:
    trip = result.trip
    is_refused = any(each.cause == REFUSED for each in result.arrivals)
    if not result.calls:
        yield "No page is open, so nothing is sent at all."
        return
    if trip.away:
        yield "No page is open, so only your server can send: a renewal, a phone order."
    elif not result.stopped and not (is_refused and trip.sides != "server"):
        yield _plain(result)
    if trip.blocker:
        yield from _of_blocker(result)
    if is_refused:
        yield _of_refusal(plan, result)


def _plain(result: Outcome) -> str:
    """Return what the sides do if nothing is in the way of their calls."""
    by_client = [each for each in result.arrivals if each.delivery and each.delivery.side == "client"]
    by_server = [each for each in result.arrivals if each.delivery and each.delivery.side == "server"]
    if result.calls == {"client"}:
        return f"One call from the browser reaches all {spell_number(len(by_client))}, if it leaves the browser."
    if result.calls == {"server"}:
        names = [destination_name(each.key) for each in result.arrivals if each.cause == "mode"]
        run, them = plural(len(names), "runs", "run"), plural(len(names), "it", "them")
        return f"{join_names(names)} {run} in the page: a server can’t send to {them}."
    rest = f"the {spell_number(len(by_client))}" if len(by_client) > 1 else "the one"
    return f"Your server feeds {spell_number(len(by_server))} of them. The browser feeds {rest} only it reaches."


def _of_blocker(result: Outcome) -> Iterator[str]:
    if result.stopped != BLOCKED:
        yield "The blocker has nothing to stop."
    elif result.remedy:
        yield f"The blocker stops the browser’s call. {result.remedy}"
    else:
        yield f"The blocker stops the only call. {result.cost.partition('. ')[0]}."


def _of_refusal(plan: Plan, result: Outcome) -> str:
    categories = dict.fromkeys(item.consent for item in plan.destinations if item.consent)
    named = join_names(categories)
    verb = f"{named[:1].upper()}{named[1:]} {plural(len(categories), 'is', 'are')} refused"
    is_handed_over = any(value.to == CONSENT for value in result.handoff)
    if "server" in result.calls and is_handed_over:
        return f"{verb}, if your server passes that answer on."
    return f"{verb}: the call carries the answer."
