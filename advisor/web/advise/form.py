"""The form of ``/advise``: one event without a stored plan, with its whole state in the address.

The state is the query of ``/advise``: answers by question key, ``name``, ``call``, ``client`` (libraries),
``server``, ``destination`` (keys), ``wanted`` (the destinations that this event is for, if not all),
``warehouse``, the cells of the properties, and which code is shown (`chosen_code`). Unknown keys are dropped.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

import msgspec
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.document_limits import MAX_DESTINATIONS
from advisor.knowledge.catalogue import CATALOGUE, find_destination
from advisor.knowledge.destination_search import read_name
from advisor.knowledge.known_names import suggestions
from advisor.knowledge.libraries import DEFAULT_CLIENT, DEFAULT_SERVER, LIBRARIES, find_library, libraries_of
from advisor.model import Answer, CallType, Destination, Plan, Sources
from advisor.presentation.destination_words import what_sets_apart
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.app.body_limits import MAX_QUERY
from advisor.web.forms.destination_names import unknown_destination
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.event_mapping import read_event
from advisor.web.forms.fields import KeysField, LineField, choice_or

Pairs = list[tuple[str, str]]


def _library_key(name: str) -> str:
    return find_library(name) or name


class AdviseForm(EventForm):
    """The form of one event with its libraries and destinations."""

    class Meta:
        # The form changes nothing, and a page that only reads sets no cookie.
        csrf = False

    client = KeysField("Client libraries")
    server = SelectField(
        "Server library",
        choices=[SelectChoice("", "none"), *(SelectChoice(item.key, item.name) for item in libraries_of("server"))],
        coerce=_library_key,
        default=DEFAULT_SERVER,
        invalid_choice_message="Choose a server library, or none",
    )
    destination = KeysField("Destinations")
    wanted = KeysField("Destinations that want this event")
    add = LineField("Add a destination")
    pick = LineField("Add one of the destinations that fit")
    remove = KeysField("Remove a destination")
    warehouse = BooleanField("A warehouse is loaded from these sources")

    def __init__(self, state: MultiDict[str, str] | None = None) -> None:
        super().__init__(formdata=state)
        state = state or MultiDict()
        self.chosen = Chosen.of(state)
        if "client" not in state and "server" not in state:
            self.client.data = [DEFAULT_CLIENT]
        self.client.data = list(dict.fromkeys(map(_library_key, self.client.data or ())))
        self._unknown: list[str] = []
        self.choices: tuple[tuple[str, str, str], ...] = ()
        self._resolve_destinations()

    def _resolve_destinations(self) -> None:
        typed = (self.pick.data or self.add.data or "").strip()
        listed_before = [self._resolve(name) for name in self.destination.data or ()]
        added = [self._resolve_typed(typed)] if typed else []
        keys = [key for key in dict.fromkeys((*listed_before, *added)) if key]
        self.destination.data = [key for key in keys if key not in (self.remove.data or ())]
        if self.wanted.was_sent:
            wanted = {find_destination(name).key for name in self.wanted.data} | set(added)
            self.wanted.data = [key for key in self.destination.data if key in wanted]
        else:
            self.wanted.data = list(self.destination.data)
        self.add.data = self._unknown[0] if self._unknown else ""

    def _resolve(self, name: str) -> str | None:
        found = find_destination(name)
        if found.key is None:
            self._unknown.append(name)
        return found.key

    def _resolve_typed(self, name: str) -> str | None:
        """Return the key for a name that somebody typed; None, with `choices`, if it may mean several or none."""
        read = read_name(name)
        exact = next((hit.row.key for hit in read.hits if name in (hit.row.key, hit.row.name)), None)
        if exact in CATALOGUE or read.status == "found":
            return exact or read.hits[0].row.key
        self.choices = tuple(
            (hit.row.key, hit.row.name, what_sets_apart(hit.row)) for hit in read.hits if hit.is_destination
        )
        self._unknown.append(name)
        return None

    def validate_client(self, field: KeysField) -> None:
        """Raise `ValidationError` for a key that is not a client library."""
        for key in field.data:
            if key not in LIBRARIES or LIBRARIES[key].side != "client":
                raise ValidationError(f"“{key}” isn’t a client library. Choose from the list")

    def validate_destination(self, field: KeysField) -> None:
        """Raise `ValidationError` for more destinations than a document can have."""
        if len(field.data) > MAX_DESTINATIONS:
            raise ValidationError(f"A plan has at most {MAX_DESTINATIONS} destinations. Remove some")

    def validate_add(self, field: LineField) -> None:
        """Raise `ValidationError` for names that are not in the catalogue."""
        del field
        if self._unknown:
            raise ValidationError(" ".join(map(unknown_destination, self._unknown)))

    @property
    def all_wanted(self) -> bool:
        """Whether the event is for every listed destination."""
        return len(self.wanted.data) == len(self.destination.data)

    @property
    def usual(self) -> dict[str, Answer]:
        """The answers that the name suggests for the open questions, by question."""
        known = suggestions(self.name.data or "", cast(CallType, choice_or(self.call, "track")))
        unanswered = {field.question.key for field in self.answers if field.data not in ("yes", "no")}
        return {key: answer for key, answer in known.answers.items() if key in unanswered} if known else {}

    def take_usual(self) -> None:
        """Answer the open questions as the name suggests."""
        for key, answer in self.usual.items():
            self[key].data = answer

    def plan(self) -> Plan:
        """Return a plan with this one event, from the valid fields of the form."""
        event = read_event(self)
        wanted = tuple(self.wanted.data[:MAX_DESTINATIONS])
        return Plan(
            sources=Sources(
                client=tuple(item.key for item in libraries_of("client") if item.key in self.client.data),
                server=choice_or(self.server, "") or None,
            ),
            destinations=tuple(Destination(key=key) for key in self.destination.data[:MAX_DESTINATIONS]),
            warehouse=self.warehouse.data,
            events=(event if self.all_wanted else msgspec.structs.replace(event, destinations=wanted),),
        )

    def state(self, chosen: Chosen | None = None) -> Pairs:
        """Return the state in its shortest form: the values that differ from the defaults, in the order of the form.

        ``chosen`` replaces the current choice of code.
        """
        pairs: Pairs = [("name", self.name.data)] if self.name.data else []
        pairs += [("call", self.call.data)] if self.call.data != "track" else []
        pairs += [(field.name, field.data) for field in self.answers if field.data in ("yes", "no")]
        if self.client.data != [DEFAULT_CLIENT] or self.server.data != DEFAULT_SERVER:
            pairs += [*(("client", key) for key in self.client.data), ("server", self.server.data or "")]
        pairs += [("destination", key) for key in self.destination.data]
        if not self.all_wanted:
            pairs += [("wanted", key) for key in self.wanted.data] or [("wanted", "")]
        pairs += [("warehouse", "yes")] if self.warehouse.data else []
        return pairs + self._property_pairs() + (chosen or self.chosen).pairs()

    def _property_pairs(self) -> Pairs:
        rows = [row.form for row in self.properties if row.form.counts]
        return [pair for index, row in enumerate(rows) for pair in _cells(f"properties-{index}", row)]

    def query(self, chosen: Chosen | None = None) -> str:
        """Return the state as the query of an address; ``chosen`` as for `state`."""
        return urlencode(self.state(chosen))

    @property
    def fits_address(self) -> bool:
        """Whether an address can hold the state."""
        return len(self.query()) <= MAX_QUERY


def _cells(prefix: str, row: Any) -> Pairs:
    usual = {
        "name": "",
        "level": "0",
        "type": "any",
        "personal": "",
        "known_by": "either",
        "values": "",
        "description": "",
    }
    texts = [(f"{prefix}-{cell}", row[cell].data) for cell, text in usual.items() if row[cell].data not in (text, None)]
    return texts + [(f"{prefix}-{cell}", "yes") for cell in ("required", "sensitive") if row[cell].data]
