"""What a column of a table can mean, and the headings under which people write it, in several languages.

A field is a text: one of the constants, or a prefix with a name (``label:team``, ``question:payment``,
``destination:Mixpanel``). `advisor.formats.columns.guess` finds the field of each column; a person can choose another one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from advisor.formats.columns.property_cells import HEADINGS as PROPERTY_HEADINGS
from advisor.knowledge.headings import Headings, fold_heading
from advisor.knowledge.questions import EARLIER_HEADINGS, QUESTION_KEYS, questions_in
from advisor.knowledge.wording import WORDINGS

NAME, CALL, DESCRIPTION, VERSION, OWNER, STATUS = "name", "call", "description", "version", "owner", "status"
PRACTICE, DESTINATIONS, PROPERTIES, PROPERTY, IGNORE = "practice", "destinations", "properties", "property", "ignore"
SLOT, PLACEMENT = "tracking_advisor", "placement"
PROPERTY_PART, QUESTION, LABEL, DESTINATION = "property.", "question:", "label:", "destination:"
PROPERTY_PARTS = tuple(
    PROPERTY_PART + part for part in ("type", "required", "sensitive", "known_by", "values", "description")
)
PLAIN_FIELDS = (NAME, CALL, DESCRIPTION, VERSION, OWNER, STATUS, PRACTICE, DESTINATIONS, SLOT)
"""The fields of an event that have one column each."""
REPEATABLE = (PROPERTIES, IGNORE, PLACEMENT)
"""The fields that several columns may have."""

_NAMES: dict[str, tuple[str, ...]] = {
    NAME: (
        *("event", "event name", "events", "event key", "event title", "track event", "name of event", "evento"),
        *("nombre del evento", "nome do evento", "nome evento", "ereignis", "ereignisname", "event-name", "événement"),
        *(
            "nom de l’événement",
            "nom de l'événement",
            "이벤트",
            "이벤트명",
            "이벤트 이름",
            "イベント",
            "イベント名",
            "事件",
            "事件名",
            "事件名称",
            "событие",
            "название события",
            "ga4 event",
            "ga4 event name",
            "firebase event",
            "amplitude event",
            "mixpanel event",
            "posthog event",
        ),
    ),
    CALL: ("call", "call type", "event type", "segment call", "method", "api call"),
    DESCRIPTION: (
        *("event description", "event definition", "business definition", "what it means", "what it tracks"),
        *("descripción del evento", "descrição do evento", "ereignisbeschreibung", "이벤트 설명", "описание события"),
    ),
    VERSION: ("version", "event version", "versión"),
    OWNER: ("owner", "event owner", "owned by", "responsible", "dri", "verantwortlich", "responsable", "responsabile"),
    STATUS: ("status", "event status", "implementation status", "estado", "statut", "stato"),
    PRACTICE: (
        *("source", "sources", "platform", "platforms", "side", "where", "tracked on", "tracked in", "tracked from"),
        *("tracked today", "application", "app", "client or server", "client/server", "client / server"),
        *("tracked by", "tracked with", "fired from", "fires from", "fired on", "implemented by", "event source"),
        *("code path", "file path", "source file", "code location", "sdk", "library"),
        *(
            "implemented in",
            "plataforma",
            "plattform",
            "quelle",
            "plateforme",
            "piattaforma",
            "플랫폼",
            "プラットフォーム",
            "平台",
            "платформа",
            "fired from",
            "sent from",
        ),
    ),
    DESTINATIONS: (
        *("destinations", "destination", "wanted by", "wanted", "wanted destinations", "sent to", "tools"),
        *("integrations", "destinos", "ziele", "destinazioni"),
    ),
    PROPERTIES: (
        *(
            "properties",
            "parameters",
            "params",
            "props",
            "event params",
            "event props",
            "property names",
            "event properties",
            "attributes",
            "propiedades",
        ),
        *("parámetros", "eigenschaften", "propriétés", "paramètres", "parametri", "파라미터 목록", "parâmetros"),
        *("propriedades", "关键属性", "事件属性", "свойства", "параметры", "payload", "properties sent"),
    ),
    PROPERTY: (
        *("property", "property name", "parameter", "parameter name", "param", "field", "field name", "attribute"),
        *("attribute name", "event property", "trait", "propiedad", "parámetro", "eigenschaft", "propriété"),
        *(
            "paramètre",
            "parametro",
            "параметр",
            "свойство",
            "parâmetro",
            "propriedade",
            "参数",
            "参数名",
            "속성",
            "속성명",
            "파라미터",
            "プロパティ",
            "属性",
        ),
    ),
    f"{PROPERTY_PART}type": (
        "property type",
        "parameter type",
        "data type",
        "datatype",
        "value type",
        "property value type",
    ),
    f"{PROPERTY_PART}description": ("property description", "parameter description", "property definition"),
    f"{PROPERTY_PART}required": (
        *("property required", "is property required", "property is required", "req/opt", "required/optional"),
        *("required / optional", "optional/required", "mandatory/optional", "mandatory / optional", "m/o"),
    ),
    f"{PROPERTY_PART}values": (
        *("sample values", "property values", "example values", "valores", "werte", "property enum"),
        *("property allowed values", "property options"),
    ),
    f"{PROPERTY_PART}sensitive": ("property sensitive", "property pii"),
    f"{PROPERTY_PART}known_by": ("property known by", "property who knows it"),
    PLACEMENT: ("placement",),
    SLOT: ("tracking advisor",),
}
_TRIGGERS = (
    *(
        "trigger",
        "when",
        "when it fires",
        "fires when",
        "fired when",
        "when fired",
        "when to fire",
        "fires on",
        "purpose",
    ),
    *(
        "trigger description",
        "event trigger",
        "trigger timing",
        "trigger condition",
        "trigger conditions",
        "when triggered",
    ),
    *(
        "triggered when",
        "triggered by",
        "auslöser",
        "déclencheur",
        "disparador",
        "gatilho",
        "триггер",
        "когда",
        "触发条件",
    ),
    *("触发时机", "トリガー", "発火条件", "트리거", "발생 시점"),
)
_LISTS = re.compile(
    r"(required|mandatory|obligatory|optional|additional|key|custom|useful|extra|main|relevant|associated|event|tracked) "
    r"(properties|parameters|params|attributes|fields)"
)
_EVERY_EVENT = re.compile(
    r"\b(global|common|super|shared|default|universal)\s+(event\s+)?(prop|param|attribute|field)|\b(all|every)\s+events?\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
"""A note behind a heading, as in ``Platform (web/iOS/server)``."""
_NUMBERED = re.compile(r"(.*\D)?(param(eter)?|prop(erty)?|attribute|field)s?[ _-]*(\d+|name|key)?", re.IGNORECASE)
_REQUIREMENT = re.compile(r"\s*(?:(required|mandatory|obligatory)|optional|additional)\b", re.IGNORECASE)
_LABELLED = re.compile(r"\s*label\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_EVERYDAY: dict[str, tuple[str, ...]] = {"payment": ("money", "records money", "revenue event", "payment event")}
"""Question -> headings that people write for it besides its own words."""
_HEADINGS = Headings(
    _NAMES
    | {
        QUESTION + key: [
            spelling
            for wording in WORDINGS
            for question in questions_in(wording)
            if question.key == key
            for spelling in (key, question.asks, *EARLIER_HEADINGS.get(key, ()), *_EVERYDAY.get(key, ()))
            if PROPERTY_HEADINGS.field_of(spelling) is None
        ]
        for key in QUESTION_KEYS
    }
)
_TRIGGER_HEADINGS = Headings({DESCRIPTION: _TRIGGERS})
_QUESTION_LABELS = Headings(
    {
        QUESTION + key: [q.label for wording in WORDINGS for q in questions_in(wording) if q.key == key]
        for key in QUESTION_KEYS
    }
)


def field_of(heading: str, group: str = "") -> str | None:
    """Return the field that a heading surely means, alone or with the heading above it; None if it is not sure."""
    if label := _LABELLED.fullmatch(heading):
        return LABEL + label.group(1)
    together = f"{group} {heading}" if group else ""
    found = _HEADINGS.field_of(together) or _HEADINGS.field_of(heading or group)
    return found or _noted(_HEADINGS, heading) or (PROPERTIES if _LISTS.fullmatch(fold_heading(heading)) else None)


def word_of(heading: str) -> str | None:
    """Return ``name`` or the part of a property that a heading names, which other columns decide about; None if none."""
    return PROPERTY_HEADINGS.field_of(heading) or _noted(PROPERTY_HEADINGS, heading)


def is_trigger(heading: str) -> bool:
    """Return whether a heading says when an event happens, which describes it if no other column does."""
    return bool(_TRIGGER_HEADINGS.field_of(heading) or _noted(_TRIGGER_HEADINGS, heading))


def _noted(headings: Headings, heading: str) -> str | None:
    """Return the field of a heading with a note behind it; None if it has none."""
    plain = _NOTE.sub("", heading)
    return headings.field_of(plain) if plain != heading else None


def question_of(heading: str) -> str | None:
    """Return the question whose short name a heading is; None if it is none."""
    return _QUESTION_LABELS.field_of(heading)


def is_required_list(heading: str) -> bool | None:
    """Return whether a list under this heading is of required properties, or of optional ones; None if it says neither."""
    found = _REQUIREMENT.match(heading.replace("_", " ").replace("-", " ").casefold())
    return None if found is None else bool(found.group(1))


def says_every_event(title: str) -> bool:
    """Return whether the title of a list of properties says that all events carry them, as ``Global properties``."""
    return _EVERY_EVENT.search(title) is not None


def is_numbered_property(heading: str) -> bool:
    """Return whether a heading is one of several for properties side by side: ``param_1``, ``revenue_param``."""
    return _NUMBERED.fullmatch(heading.strip()) is not None


@lru_cache(maxsize=4_096)
def is_known_heading(text: str) -> bool:
    """Return whether a text is a heading that the import knows."""
    return bool(text.strip()) and bool(field_of(text) or word_of(text) or question_of(text) or is_trigger(text))


def is_property_field(field: str) -> bool:
    """Return whether a field belongs to the property of a row, not to its event."""
    return field == PROPERTY or field.startswith(PROPERTY_PART)


def is_field(field: str) -> bool:
    """Return whether a text is a field that a column can have."""
    if field.startswith(QUESTION):
        return field.removeprefix(QUESTION) in QUESTION_KEYS
    for prefix in (LABEL, DESTINATION):
        if field.startswith(prefix):
            return bool(field.removeprefix(prefix).strip())
    return field in (*PLAIN_FIELDS, *PROPERTY_PARTS, *REPEATABLE, PROPERTY)


def title(field: str) -> str:
    """Return the name of a field for people."""
    for prefix, word in ((QUESTION, "question"), (LABEL, "label"), (DESTINATION, "destination")):
        if field.startswith(prefix):
            return f"{word} {field.removeprefix(prefix).replace('_', ' ')}"
    return field.replace(PROPERTY_PART, "property ").replace("_", " ")
