"""The kinds of personal data: their words, and the kind that a name suggests.

The name of a property is only ever a guess, and is shown as one until somebody confirms it. It never changes the advice.
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from advisor.knowledge.name_phrases import NamePhrases
from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.model import Personal

PERSONAL_KINDS: dict[Personal, str] = {
    "contact": "Contact",
    "identity": "Identity",
    "health": "Health",
    "finance": "Finance",
    "location": "Location",
    "credential": "Credential",
    "free-text": "Free text",
}
"""Kind -> its word on pages, in their order."""
KIND_OF_SENSITIVE: dict[str, Personal] = {
    "an e-mail address": "contact",
    "a phone number": "contact",
    "a postal address": "contact",
    "a card number": "finance",
    "bank details": "finance",
    "income or credit": "finance",
    "a secret": "credential",
    "an identity number": "identity",
    "a date of birth": "identity",
    "an IP address": "identity",
    "a device's advertising id": "identity",
    "a special category of personal data": "identity",
    "a precise location": "location",
    "health data": "health",
}
"""What a sensitive name suggests -> its kind of personal data."""

_PEOPLE = NamePhrases(
    {
        "identity": "user_id customer_id patient_id member_id account_id person_id employee_id anonymous_id device_id "
        "first_name last_name full_name middle_name family_name given_name surname user_name customer_name patient_name "
        "contact_name gender age maiden_name vorname nachname prenom nom_de_famille apellido apellidos cognome sobrenome",
        "health": "health_status treatment therapy injury illness clinic doctor appointment_reason lab_result test_result "
        "vaccination body_mass_index bmi menstrual fertility mental_health",
    }
)
"""Names that identify a person or tell of their health, and that no finding calls sensitive."""
_TEXTS = NamePhrases(
    {
        "free-text": "comment comments message feedback note notes remark remarks free_text statement complaint query "
        "search_query search_term review_text review_body answer_text reason_text kommentar nachricht bemerkung "
        "commentaire comentario mensaje commento messaggio mensagem"
    }
)
"""Names of texts that people write themselves, in which anything may be."""
_CATEGORIES = NamePhrases(
    {
        "contact": "contact contact_info contact_information contact_details",
        "health": "phi healthcare",
        "finance": "bank card financial finance payment payments payment_info payment_data",
        "location": "location locations",
        "credential": "credential credentials tokens passwords secrets",
        "free-text": "freetext text",
    }
)
"""Words with which other tools name a kind of personal data. As the name of a property they say too little."""


@lru_cache(maxsize=16_384)
def guessed_kind(name: str) -> Personal:
    """Return the kind of personal data that the name of a property suggests; empty if it suggests none."""
    if found := _PEOPLE.find(name):
        return cast(Personal, found)
    if sensitive := sensitive_kind(name):
        return KIND_OF_SENSITIVE[sensitive]
    return cast(Personal, _TEXTS.find(name) or "")


def kind_of_word(word: str) -> Personal:
    """Return the kind that a word of another tool means; identity for all that it can't tell."""
    return cast(Personal, _CATEGORIES.find(word) or guessed_kind(word) or "identity")
