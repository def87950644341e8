"""The privacy lens of a plan as a part of the decision record, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.formats.markdown import code, inline, table
from advisor.model import Plan
from advisor.privacy import PersonalValue, privacy_lens
from advisor.privacy.filter import DATA_KINDS, data_kind
from advisor.privacy.receivers import Receiver
from advisor.privacy.sheet import CallLine, call_lines, held_lines, refused_lines
from advisor.text import join_names, quantity


def privacy_section(plan: Plan) -> Iterator[str]:
    """Yield the parts of the section; none if the plan has no events. Raises `TypeError` if it was not advised."""
    if not plan.events:
        return
    lens = privacy_lens(plan)
    total = lens.summary
    yield "## Privacy: what leaves the device, and to whom"
    yield (
        f"{total.carrying:,} of {quantity(total.events, 'event')} with personal data or sensitive, to {total.receiving:,} of "
        f"{quantity(total.destinations, 'destination')}. From the plan as it is; it isn’t a legal opinion."
    )
    yield "\n".join(f"- **{inline(point.title)}** {inline(point.why)}" for point in lens.points)
    rows = [row for receiver in lens.receivers for row in _rows(receiver)]
    if rows:
        yield table(("Receiver", "Consent", "Contract", "Events", "By", "What it receives"), rows)
    yield "\n".join(
        f"- Refused: {join_names(inline(name) for _, name in line.events)} to "
        f"{join_names(map(inline, line.destinations))}, because it is sensitive."
        for line in refused_lines(lens)
    )
    yield "\n".join(
        f"- Left out of client calls: {code(line.path)} in {quantity(line.events, 'event')}, "
        f"of which the server sends it in {line.sent:,}."
        for line in held_lines(lens)
    )


def _rows(receiver: Receiver) -> Iterator[tuple[str, ...]]:
    for line in call_lines(receiver):
        yield (
            inline(receiver.name),
            inline(receiver.consent),
            "none noted" if receiver.lacks_contract else inline(receiver.contract),
            join_names(inline(name) for _, name in line.events),
            f"{line.side}, {inline(line.library)}" + (f", {line.mode}" if line.mode else ""),
            _content(line),
        )


def _content(line: CallLine) -> str:
    said = ["**sensitive event**"] if line.sensitive else []
    return ", ".join([*said, *map(_value, line.values)])


def _value(value: PersonalValue) -> str:
    guess = ", guessed" if value.is_guess else ""
    return f"{code(value.path)} ({DATA_KINDS[data_kind(value)].lower()}{guess})"
