"""The privacy lens of a plan as a table: one row for each property that a receiver gets, is refused, or that stays."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.formats.carriers.delimited import write_delimited
from advisor.formats.carriers.tables import Dialect
from advisor.formats.columns.words import as_text
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import library_name
from advisor.privacy import Lens, PersonalValue, Receiver, SentCall
from advisor.privacy.filter import DATA_KINDS, LensFilter, data_kind

COLUMNS = (
    "What",
    "Receiver",
    "Integrations key",
    "Group",
    "Event",
    "Call",
    "Side",
    "Library",
    "Mode",
    "Sensitive event",
    "Property",
    "Kind",
    "Kind is a guess",
    "Sensitive property",
    "Consent category",
    "Contract",
    "Note",
)
_BLANK = dict.fromkeys(COLUMNS, "")
_YES = {True: "yes", False: "no"}


def privacy_csv(lens: Lens, chosen: LensFilter) -> bytes:
    """Return the lens as CSV. No spreadsheet runs what is in it. With a filter, only what is sent is listed."""
    rows = [*_sent(lens), *(() if chosen.is_on else (*_held(lens), *_refused(lens)))]
    cells = ([as_text(text) for text in (_BLANK | row).values()] for row in rows)
    return write_delimited([(list(COLUMNS), {}), *((row, {}) for row in cells)], Dialect())


def _sent(lens: Lens) -> Iterator[dict[str, str]]:
    for receiver in lens.receivers:
        for call in receiver.calls:
            for value in call.values or (None,):
                yield _call(receiver, call) | _value(value)


def _call(receiver: Receiver, call: SentCall) -> dict[str, str]:
    return {
        "What": "sent",
        "Receiver": receiver.name,
        "Integrations key": receiver.key,
        "Group": receiver.group,
        "Event": call.name,
        "Call": call.call,
        "Side": call.side,
        "Library": library_name(call.library),
        "Mode": call.mode or "",
        "Sensitive event": _YES[call.sensitive],
        "Consent category": receiver.consent,
        "Contract": receiver.contract,
    }


def _value(value: PersonalValue | None) -> dict[str, str]:
    """Return the columns of a property; none for a sensitive event whose call carries no personal value."""
    if value is None:
        return {}
    return {
        "Property": value.path,
        "Kind": DATA_KINDS[data_kind(value)],
        "Kind is a guess": _YES[value.is_guess],
        "Sensitive property": _YES[value.sensitive],
    }


def _held(lens: Lens) -> Iterator[dict[str, str]]:
    for item in lens.held:
        note = "the server call carries it" if item.by_server else "no call carries it"
        yield _value(item.value) | {
            "What": "left out of the client call",
            "Event": item.name,
            "Side": "client",
            "Library": library_name(item.library),
            "Property": item.path,
            "Note": note,
        }


def _refused(lens: Lens) -> Iterator[dict[str, str]]:
    for item in lens.refused:
        yield {
            "What": "refused",
            "Receiver": destination_name(item.destination),
            "Integrations key": item.destination,
            "Event": item.name,
            "Sensitive event": "yes",
            "Note": item.message,
        }
