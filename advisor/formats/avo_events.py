"""One event of Avo's JSON and an event of ours: the fields in its rules, its tags, and the sources that send it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.document_limits import LONGEST_LABEL
from advisor.formats.avo_pii import pii_words, read_personal, with_personal, with_words, without_place
from advisor.formats.extra import format_extra
from advisor.formats.json_schema import SchemaReader, object_schema
from advisor.formats.labels import read_labels
from advisor.formats.object_lists import text_of
from advisor.formats.places import Path, Place, pointer, shown
from advisor.formats.practice import practice_of_word, side_of_word, side_of_words
from advisor.formats.reading import EventReading, PlanReading, Practice, PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import Event, Property

NAMESPACE = "avo"
"""The key of Avo's data under ``extra``, the same for its JSON and its CSV."""
TAGS = "tags"
_VERDICT = "tracked: "
_DRAFT = "http://json-schema.org/draft-06/schema#"
_EVENT, _USER = "properties", "userProperties"
_DOMAINS = "stakeholderDomains"


def read_event(
    reading: PlanReading, value: dict[str, Any], sources: Mapping[str, Any], file: str, path: Path
) -> EventReading:
    """Return an event, with what `written_event` needs to write it again."""
    event = EventReading(value["name"], description=text_of(value.get("description")))
    event.place = Place(file, pointer=pointer(path))
    event.labels = read_labels({TAGS: [each for each in _listed(value.get(TAGS)) if isinstance(each, str)]})
    event.labels = {key: each for key, each in event.labels.items() if each}
    event.owner = _owner(value.get(_DOMAINS))
    event.practice = _practice(value, sources) or practice_of_tags(event.labels.get(TAGS, ()))
    rules = value.get("rules")
    kept: dict[str, Any] = {}
    words: list[str] = []
    if isinstance(rules, dict):
        reader = SchemaReader(rules)
        for section in (_EVENT, _USER):
            fields = _section(rules, section)
            if fields is not None:
                found = reader.read_object(fields, (*path, "rules", "properties", section))
                kept[section] = found.kept
                read_personal(found.properties, fields)
                event.properties += _of_section(found.properties, section)
                words += pii_words(fields)
        for where, reference in reader.unresolved:
            reading.warn(Place(file, pointer=pointer(where)), f"The reference {reference} was not followed.")
        has_user = any(_is_user(each) for each in event.properties)
        kept["rules"] = remainder(_plain_rules(has_user=has_user), _emptied(rules))
    source = value | ({"rules": {}} if isinstance(rules, dict) else {})
    kept["event"] = remainder(_plain_event(event), source)
    said = {"pii": words} if isinstance(value.get("pii"), dict) else {}
    event.extra = {NAMESPACE: {name: each for name, each in kept.items() if each} | said | {"export": True}}
    return event


def written_event(event: Event, placement: str | None) -> dict[str, Any]:
    """Return an event as Avo's JSON has it, with the placement among its tags if one is given."""
    kept = format_extra(event, NAMESPACE)
    whole = _with_owner(joined(_plain_event(event, placement), kept.get("event")), event.owner)
    user = [each for each in event.properties if _is_user(each)]
    own = [each for each in event.properties if not _is_user(each)]
    if "rules" in whole and not isinstance(whole["rules"], dict) and not event.properties:
        return whole
    rules = joined(_plain_rules(has_user=bool(user)), kept.get("rules"))
    members = rules.get("properties")
    sections = dict(members) if isinstance(members, dict) else {}
    was: list[str] = []
    now: list[str] = []
    for section, fields in ((_EVENT, own), (_USER, user)):
        if isinstance(sections.get(section), dict) or fields:
            schema = object_schema(fields, kept.get(section), ours="export" in kept)
            sections[section] = with_personal(schema, fields)
            was += pii_words(schema)
            now += pii_words(sections[section])
    if sections or isinstance(members, dict):
        rules |= {"properties": sections}
    whole = with_words(whole, kept.get("pii", was), now)
    return whole | {"rules": rules} if "rules" in whole or event.properties else whole


def unmarked(event: Event, written: Mapping[str, Any]) -> Iterator[Property]:
    """Yield the properties of an event whose kind of personal data has no place in the event as it was written."""
    rules = written.get("rules")
    for section, is_user in ((_EVENT, False), (_USER, True)):
        fields = _section(rules, section) if isinstance(rules, dict) else None
        yield from without_place([each for each in event.properties if _is_user(each) == is_user], fields)


def verdict_tags(tags: Sequence[str], placement: str | None) -> list[str]:
    """Return tags with the placement among them, in place of an older one."""
    if placement is None:
        return list(tags)
    return [each for each in tags if not each.startswith(_VERDICT)] + [_VERDICT + placement]


def tags_of(event: Event | EventReading) -> list[str]:
    """Return the tags of an event."""
    tags: Any = event.labels.get(TAGS, ())
    return [tags] if isinstance(tags, str) else list(tags)


def practice_of_tags(tags: Any) -> Practice | None:
    """Return the practice that a tag of ours says; None without one."""
    words = [each.removeprefix(_VERDICT) for each in tags if each.startswith(_VERDICT)]
    return practice_of_word("tags", words[0]) if words else None


def _practice(value: Mapping[str, Any], sources: Mapping[str, Any]) -> Practice | None:
    """Return the practice that the sources of an event name: their platform, else the words of their names."""
    names, words = [], []
    for each in _listed(value.get("sources")):
        known = each if isinstance(each, dict) else {}
        source = sources.get(str(known.get("id")), {})
        name = text_of(known.get("name")) or text_of(source.get("name"))
        platform = text_of(source.get("developmentPlatform"))
        if side_of_word(platform):
            words.append(platform)
        else:
            words += re.split(r"[\W_]+", name)
        names.append(f"{name} ({platform})" if platform and platform != name else name)
    side = side_of_words(words)
    return Practice(side, f"sources = {', '.join(names)}") if side else None


def _plain_event(event: Event | EventReading, placement: str | None = None) -> dict[str, Any]:
    tags = verdict_tags(tags_of(event), placement)
    return {"name": event.name, "description": event.description, TAGS: tags, "rules": {}}


def _owner(domains: object) -> str:
    """Return the name of the domain that owns an event; empty if none does."""
    names = (each.get("name") for each in _listed(domains) if isinstance(each, dict) and each.get("isOwner") is True)
    return next((name for name in names if isinstance(name, str) and 0 < len(name) <= LONGEST_LABEL), "")


def _with_owner(whole: dict[str, Any], owner: str) -> dict[str, Any]:
    """Return an event with its owner among the domains: the one of that name, or one more."""
    domains = _listed(whole.get(_DOMAINS))
    if owner == _owner(domains):
        return whole
    changed = [
        each | {"isOwner": each.get("name") == owner} if isinstance(each, dict) and "name" in each else each
        for each in domains
    ]
    is_known = any(isinstance(each, dict) and each.get("name") == owner for each in domains)
    added = [{"name": owner, "isOwner": True}] if owner and not is_known else []
    return whole | {_DOMAINS: [*changed, *added]}


def _plain_rules(*, has_user: bool) -> dict[str, Any]:
    sections: dict[str, Any] = {_EVENT: {}} | ({_USER: {}} if has_user else {})
    known = {"$schema": _DRAFT, "type": "object", "required": [_EVENT], "nameMapping": []}
    return known | {"properties": sections}


def _section(rules: Mapping[str, Any], section: str) -> dict[str, Any] | None:
    members = rules.get("properties")
    found = members.get(section) if isinstance(members, dict) else None
    return found if isinstance(found, dict) else None


def _emptied(rules: dict[str, Any]) -> dict[str, Any]:
    members = rules.get("properties")
    if not isinstance(members, dict):
        return rules
    known: dict[str, Any] = {name: {} for name in (_EVENT, _USER) if isinstance(members.get(name), dict)}
    return rules | {"properties": members | known}


def _of_section(properties: Sequence[PropertyReading], section: str) -> Sequence[PropertyReading]:
    if section == _USER:
        for each in properties:
            each.extra = each.extra | {NAMESPACE: {"section": _USER}}
    return properties


def _is_user(prop: Property | PropertyReading) -> bool:
    kept = prop.extra.get(NAMESPACE) if isinstance(prop.extra, dict) else None
    return isinstance(kept, dict) and kept.get("section") == _USER


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def left_out_reason(value: Any) -> str:
    """Return why an entry of the list of events is no event."""
    if isinstance(value, dict) and value.get("eventType") == "variant":
        return f"{shown(str(value.get('name')))} is a variant of another event, and is kept as it is."
    return "It is no object with a name."
