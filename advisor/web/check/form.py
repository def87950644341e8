"""The form of ``/integrations``: an object to check, its library and destinations.

The state is ``object``, ``load`` (both as typed), ``library``, ``call``, ``destination`` (keys), ``mode``
(``<key>=device`` or ``<key>=cloud``, where there is a choice) and ``warehouse``. It is the query of the address, or is
sent by POST if it is too long.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.explain import Explanation, Inquiry, InquiryError, explain, resolve
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES, find_library
from advisor.model import CALL_TYPES, Destination, Mode
from advisor.web.app.body_limits import MAX_QUERY
from advisor.web.forms.fields import KeysField, LineField, LinesField

DEFAULT_LIBRARY = "analytics.js"
_FIELDS = {"/object": "object", "/load": "load", "/library": "library", "/destinations": "add"}


def _library_key(name: str) -> str:
    return find_library(name) or name


class IntegrationsForm(FlaskForm):
    """The form of an object to check, with its library and destinations."""

    class Meta:
        # The form changes nothing, and a page that only reads sets no cookie.
        csrf = False

    object = LinesField("The object, or the whole call")
    load = LinesField("The load-time object, or the analytics.load call")
    library = SelectField(
        "Library",
        choices=[SelectChoice(item.key, item.name) for item in LIBRARIES.values()],
        coerce=_library_key,
        default=DEFAULT_LIBRARY,
        invalid_choice_message="Choose a library",
    )
    call = SelectField(
        "Call type",
        choices=[SelectChoice("", "any"), *(SelectChoice(call, call) for call in CALL_TYPES)],
        default="",
        invalid_choice_message="Choose a call type",
    )
    destination = KeysField("Destinations")
    mode = KeysField("How they are connected")
    add = LineField("Add a destination")
    remove = KeysField("Remove a destination")
    warehouse = BooleanField("A warehouse is loaded from this source")

    def __init__(self, state: MultiDict[str, str]) -> None:
        super().__init__(formdata=state)
        self._unknown: list[str] = []
        typed = (self.add.data or "").strip()
        keys = [self._resolve(name) for name in (*(self.destination.data or ()), *([typed] if typed else []))]
        kept = [key for key in dict.fromkeys(keys) if key and key not in (self.remove.data or ())]
        self.destination.data = kept
        self.add.data = typed if self._unknown else ""

    def _resolve(self, name: str) -> str | None:
        known = resolve(name)
        if isinstance(known, str):
            self._unknown.append(known)
            return None
        return known.key

    def validate_add(self, field: Field) -> None:
        """Raise `ValidationError` for names that are neither in the catalogue nor names of a destination function."""
        del field
        if self._unknown:
            raise ValidationError(" ".join(self._unknown))

    @property
    def modes(self) -> dict[str, Mode]:
        """The chosen modes, by the key of their destination."""
        chosen: dict[str, Mode] = {}
        for pair in self.mode.data or ():
            key, _, mode = pair.rpartition("=")
            for known in self.choices(key):
                if mode == known:
                    chosen[key] = known
        return chosen

    def choices(self, key: str) -> tuple[Mode, ...]:
        """Return the destination's modes for the library's type of source, the default first; empty if there is no choice."""
        row, library = CATALOGUE.get(key), LIBRARIES.get(self.library.data)
        if row is None or library is None or key not in self.destination.data:
            return ()
        modes = row.reaches(library.type)
        return modes if len(modes) > 1 else ()

    def explanation(self) -> Explanation | None:
        """Return the explanation of the object; None if the form is empty or invalid. Adds errors to the fields."""
        if not self.validate() or not (self.object.data or "").strip():
            return None
        try:
            return explain(self._inquiry())
        except InquiryError as error:
            for fault in error.faults:
                field = self[_FIELDS.get("/" + fault.pointer.split("/")[1], "object")]
                field.errors = [*field.errors, fault.message]
            return None

    def _inquiry(self) -> Inquiry:
        modes = self.modes
        return Inquiry(
            object=self.object.data,
            load=self.load.data if (self.load.data or "").strip() else None,
            library=self.library.data,
            destinations=tuple(
                Destination(key=key, web_mode=modes.get(key), mobile_mode=modes.get(key))
                for key in self.destination.data
            ),
            call=self.call.data or None,
            warehouse=self.warehouse.data,
        )

    def state(self) -> list[tuple[str, str]]:
        """Return the state in its shortest form, in the order of the form."""
        pairs: list[tuple[str, Any]] = [("object", self.object.data), ("load", self.load.data)]
        pairs += [("library", self.library.data if self.library.data != DEFAULT_LIBRARY else "")]
        pairs += [("call", self.call.data), *(("destination", key) for key in self.destination.data)]
        pairs += [("mode", f"{key}={mode}") for key, mode in self.modes.items()]
        pairs += [("warehouse", "yes" if self.warehouse.data else "")]
        return [(name, text) for name, text in pairs if text]

    def query(self) -> str:
        """Return the state as the query of an address."""
        return urlencode(self.state())

    @property
    def fits_address(self) -> bool:
        """Whether an address can hold the state."""
        return len(self.query()) <= MAX_QUERY
