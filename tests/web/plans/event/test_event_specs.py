"""What the app knows about names: Segment's specs, usual answers, and names that suggest a sensitive value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.document import check
from advisor.knowledge.event_specs import event_specs, find_spec, spec_of
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.model import CALL_TYPES, Event, Plan, Property


def _all(properties: tuple[Property, ...]) -> Iterator[Property]:
    for item in properties:
        yield item
        yield from _all(item.properties)


def test_every_event_of_the_specs_is_there_and_fits_a_document() -> None:
    """Each of the 79 events has one name, with properties that a plan document accepts as they are."""
    specs = event_specs()
    assert len(specs) == 79
    assert len({spec.name for spec in specs}) == 79
    plan = Plan(events=tuple(Event(name=spec.name, properties=spec.properties) for spec in specs))
    assert check(plan) == (plan, ())


def test_every_spec_event_answers_every_question() -> None:
    """Answers are in the order of the questions; only the question that a plan answers itself is left out."""
    asked = [key for key in QUESTION_KEYS if key != "client_only_destination"]
    for spec in event_specs():
        assert list(spec.answers) == asked
        assert set(spec.answers.values()) <= {"yes", "no"}


def test_no_property_name_is_a_path() -> None:
    """Fields inside objects and lists are nested; what belongs to the context of a call is no property."""
    for spec in event_specs():
        for item in _all(spec.properties):
            assert "." not in item.name, f"{spec.name}: {item.name}"
            assert not item.properties or item.type in ("object", "array"), f"{spec.name}: {item.name}"


@pytest.mark.parametrize("spec", event_specs(), ids=lambda spec: spec.name)
def test_an_event_is_found_in_any_case(spec: object) -> None:
    """Title Case, snake_case, camelCase, kebab-case and capitals are the same words."""
    words = spec.name.split()
    camel = words[0].lower() + "".join(word.capitalize() for word in words[1:])
    for name in (spec.name, spec.name.lower(), "_".join(words), camel, "-".join(words).upper()):
        assert find_spec(name) == spec


@given(st.text())
def test_any_name_can_be_looked_up(name: str) -> None:
    """A name that is no event's finds nothing, and nothing fails."""
    found = find_spec(name)
    assert found is None or found in event_specs()
    assert sensitive_kind(name) is None or isinstance(sensitive_kind(name), str)


def test_calls_other_than_track_are_known_by_their_type() -> None:
    """The name of an identify or group is a label; their reserved traits are known."""
    assert [item.name for item in spec_of("group", "whatever").properties][:3] == ["address", "avatar", "createdAt"]
    assert spec_of("page", "Order Completed").properties == ()
    assert spec_of("alias", "Order Completed") is None
    assert {call for call in CALL_TYPES if spec_of(call, "-")} == {"page", "screen", "identify", "group"}


def test_sensitive_reserved_traits_are_recognised() -> None:
    """The sensitive traits are e-mail, phone, address and birthday (law, part 2.4), and no other reserved trait."""
    for call in ("identify", "group"):
        found = {item.name for item in spec_of(call, "-").properties if sensitive_kind(item.name)}
        assert found == {"email", "phone", "address", "birthday"} & {
            item.name for item in spec_of(call, "-").properties
        }


@pytest.mark.parametrize(
    "name",
    [
        *("email", "E-Mail", "userEmail", "USER_EMAIL_ADDRESS", "phone", "phoneNumber", "card_number", "creditCard"),
        *("health_condition", "accessToken", "password", "SSN", "shipping_address", "birthday", "dateOfBirth", "ip"),
        *("Telefonnummer", "Geburtsdatum", "Straße", "contraseña", "correo electrónico", "mot-de-passe", "téléphone"),
        *("senha", "endereço", "wachtwoord", "电话号码", "メールアドレス", "пароль", "salary", "latitude", "iban"),
    ],
)
def test_a_sensitive_name_is_recognised_in_many_spellings(name: str) -> None:
    """The name is recognised in any case and, for the common words, in several languages."""
    assert sensitive_kind(name)


@pytest.mark.parametrize(
    "name",
    [
        *("email_id", "emailSubject", "email_opened", "phone_type", "card_type", "password_length", "token_count"),
        *("shipping_method", "ship", "spin", "trip", "description", "position", "total", "product_id", "plan"),
        *("latency", "secretary", "mapping", "membership", "zipped", "descripción", "", " ", "🛒"),
    ],
)
def test_ordinary_names_are_not_called_sensitive(name: str) -> None:
    """A word inside another word is not sensitive, nor is a value about an e-mail that is not its address."""
    assert sensitive_kind(name) is None
