"""The forms of a plan's settings: its name, its libraries, its destinations and its warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from msgspec.structs import replace
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.document_limits import LONGEST_NAME, LONGEST_TEXT
from advisor.knowledge.destination_search import LONGEST_SEARCH
from advisor.knowledge.libraries import DEFAULT_CLIENT, DEFAULT_SERVER, libraries_of
from advisor.model import CustomReach, Destination, Plan, Sources
from advisor.web.forms.fields import KeysField, LineField, LinesField, at_most, not_blank, typed_or_original

_CLIENT, _SERVER = libraries_of("client"), libraries_of("server")
_PLATFORMS = {
    "analytics.js": "web",
    "swift": "iOS, macOS",
    "kotlin": "Android",
    "react-native": "iOS and Android",
    "flutter": "iOS and Android",
    "ios": "iOS, end of support",
    "android": "Android, end of support",
    "unity": "Unity games",
}


@dataclass(frozen=True)
class LibrarySheet:
    """A library to choose: its name, and a few words that distinguish it from the others."""

    key: str
    name: str
    words: str


def library_sheets() -> dict[str, tuple[LibrarySheet, ...]]:
    """Return the libraries to choose from, by side."""
    client = (LibrarySheet(item.key, item.name, _PLATFORMS.get(item.key, item.type)) for item in _CLIENT)
    server = (LibrarySheet(item.key, item.name, item.package or "no library") for item in _SERVER)
    return {"client": tuple(client), "server": tuple(server)}


class PlanBasicsForm(FlaskForm):
    """The form of a new plan: its name, description, libraries and warehouse."""

    name = LineField("Name", [not_blank("Enter a name for the plan"), at_most(LONGEST_NAME, "the plan’s name")])
    description = LinesField("Description", [at_most(LONGEST_TEXT, "the description")])
    client = KeysField("Client libraries", default=[DEFAULT_CLIENT])
    server = RadioField(
        "Server library",
        choices=[*(SelectChoice(item.key, item.name) for item in _SERVER), SelectChoice("", "None yet")],
        default=DEFAULT_SERVER,
        invalid_choice_message="Choose a server library, or none",
    )
    warehouse = BooleanField("These sources load a warehouse")

    def validate_client(self, field: KeysField) -> None:
        """Check that all keys are known client libraries. Raises `ValidationError`."""
        for key in field.data:
            if all(key != item.key for item in _CLIENT):
                raise ValidationError(f"“{key}” isn’t a client library. Choose from the list")

    def plan(self, original: Plan | None = None) -> Plan:
        """Return the plan that the form describes. Values without a field in the form are kept from the original."""
        original = original or Plan()
        return replace(
            original,
            name=typed_or_original(self.name.data, original.name),
            description=typed_or_original(self.description.data, original.description),
            sources=Sources(
                client=tuple(item.key for item in _CLIENT if item.key in self.client.data),
                server=self.server.data or None,
            ),
            warehouse=self.warehouse.data,
        )


class NewPlanForm(PlanBasicsForm):
    """The form of a new plan, with the names of its destinations as people write them."""

    tools = LinesField("Destinations", [at_most(LONGEST_SEARCH, "the list of destinations")])


def _modes(label: str) -> RadioField:
    choices = [SelectChoice("device", "Device"), SelectChoice("cloud", "Cloud")]
    # A destination without a choice sends no value, which is as valid as one of the two.
    return RadioField(label, choices=choices, validate_choice=False)


def _reach(label: str, *, with_device: bool = True) -> SelectField:
    device = [SelectChoice("device", "its own code (device)")] if with_device else []
    return SelectField(
        label,
        choices=[SelectChoice("none", "not at all"), *device, SelectChoice("cloud", "through Segment (cloud)")],
        default="none",
        invalid_choice_message="Choose one of the ways",
    )


class DestinationRow(Form):
    """The row of a destination of the plan, with only what can be chosen for it."""

    key = HiddenField()
    web_mode = _modes("On web")
    mobile_mode = _modes("In apps")


class PlanSettingsForm(PlanBasicsForm):
    """The form of all settings of a plan. Its rows change existing destinations; adding and removing work by key."""

    revision = HiddenField(default="0")
    destinations = FieldList(FormField(DestinationRow))
    q = LinesField("Find tools")
    add = LineField("Add a destination")
    several = LineField("Add the destinations that were found")
    own = LineField("Add as your own")
    turn_on = LineField("Turn on the warehouse")
    custom_name = LineField("Its key in the integrations object", [at_most(LONGEST_NAME, "the key")])
    custom_web = _reach("From a website")
    custom_mobile = _reach("From an app")
    custom_server = _reach("From a server", with_device=False)

    @classmethod
    def of(cls, plan: Plan, revision: int, **more: Any) -> PlanSettingsForm:
        """Return the form filled from a plan; on a POST, from the data sent."""
        values = {
            "name": plan.name,
            "description": plan.description,
            "client": plan.sources.client,
            "server": plan.sources.server or "",
            "warehouse": plan.warehouse,
            "revision": str(revision),
            "destinations": [
                {"key": item.key, "web_mode": item.web_mode, "mobile_mode": item.mobile_mode}
                for item in plan.destinations
            ],
        }
        return cls(data=values | more)

    def validate_custom_server(self, field: SelectField) -> None:
        """Check that a custom destination receives events in at least one way. Raises `ValidationError`."""
        ways = {self.custom_web.data, self.custom_mobile.data, field.data}
        if (self.custom_name.data or "").strip() and ways == {"none"}:
            raise ValidationError("Choose at least one way in which it receives events")

    def custom(self) -> Destination | None:
        """Return the custom destination that was typed in, or None."""
        if not (self.custom_name.data or "").strip():
            return None
        reach = CustomReach(web=self.custom_web.data, mobile=self.custom_mobile.data, server=self.custom_server.data)
        return Destination(key=self.custom_name.data, custom=reach)

    def rows(self) -> dict[str, DestinationRow]:
        """Return the rows by the key of their destination."""
        return {row.form.key.data: row.form for row in self.destinations}
