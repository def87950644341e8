"""The form of an event of a plan: `EventForm` plus where it happens, who wants it, and the team's decision."""

from __future__ import annotations

from itertools import starmap
from typing import Any, cast

import msgspec
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.advice import advise_event
from advisor.document_limits import LONGEST_LABEL, LONGEST_NAME, LONGEST_TEXT, MAX_LABEL_TEXTS
from advisor.field_values import label_text, label_texts, typed_label
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Against, Decision, Event, Placement, Plan, Status, recommendation_of
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.event_mapping import UNNAMED, form_values, labels_with, read_event
from advisor.web.forms.fields import KeysField, LineField, LinesField, at_most, choice_or, not_blank, typed_or_original
from advisor.web.plans.event.progress import UNKNOWN, read_practice, read_version, version_text
from advisor.web.plans.summary.facets import STATUSES

TEAM = "team"
"""The key of the label that has its own field."""
FOLLOW = "follow"
PART_OF = {
    "team": "labels",
    "wanted_scope": "destinations",
    "wanted": "destinations",
    "sources_scope": "sources",
    **dict.fromkeys(("practice_placement", "practice_evidence"), "practice"),
    **dict.fromkeys(("placement", "decision_reason", "decision_author"), "decision"),
}
"""For each field whose name differs from its part of an event (see `event_fields.EVENT_FORM_FIELDS`), the key of that part."""


class PlanEventForm(EventForm):
    """The form of an event of a plan. Create it with `PlanEventForm.of`, and read the event with `event`."""

    name = LineField("Event name", [not_blank("Enter a name for the event"), at_most(LONGEST_NAME, "the event’s name")])
    revision = HiddenField(default="0")
    description = LinesField("Description", [at_most(LONGEST_TEXT, "the description")])
    team = LineField("Team")
    status = SelectField(
        "Status",
        choices=[*starmap(SelectChoice, STATUSES.items())],
        default="proposed",
        id="event-status",  # the page has a live region of that name
        invalid_choice_message="Choose a status",
    )
    owner = LineField("Owner", [at_most(LONGEST_LABEL, "the owner’s name")])
    version = LineField("Version", [at_most(LONGEST_LABEL, "the version")])
    practice_placement = SelectField(
        "Tracked today",
        choices=[
            SelectChoice(UNKNOWN, "Not known"),
            SelectChoice("client", "On the client"),
            SelectChoice("server", "On the server"),
            SelectChoice("both", "On both sides"),
        ],
        default=UNKNOWN,
        invalid_choice_message="Choose where it is tracked today, or “Not known”",
    )
    practice_evidence = LineField("What shows it", [at_most(LONGEST_TEXT, "what shows it")])
    wanted_scope = RadioField(
        "Destinations that want this event",
        choices=[SelectChoice("all", "All of the plan’s, also those added later"), SelectChoice("some", "Only these")],
        default="all",
        invalid_choice_message="Choose all destinations, or only some",
    )
    wanted = KeysField("Destinations")
    sources_scope = RadioField(
        "Where it happens",
        choices=[SelectChoice("all", "On every client library"), SelectChoice("some", "Only on these")],
        default="all",
        invalid_choice_message="Choose all libraries, or only some",
    )
    sources = KeysField("Client libraries")
    placement = SelectField(
        "Our decision",
        choices=[
            SelectChoice(FOLLOW, "Follow the advice"),
            SelectChoice("client", "Send it from the client"),
            SelectChoice("server", "Send it from the server"),
            SelectChoice("both", "Send it from both sides"),
        ],
        default=FOLLOW,
        invalid_choice_message="Choose a placement, or follow the advice",
    )
    decision_reason = LinesField("Reason", [at_most(LONGEST_TEXT, "the reason")])
    decision_author = LineField("Decided by", [at_most(LONGEST_LABEL, "the name")])

    def __init__(self, *args: Any, plan: Plan, original: Event | None = None, **options: Any) -> None:
        super().__init__(*args, original=original, **options)
        self._plan = plan
        self._team = original.labels.get(TEAM, "") if original else ""

    @classmethod
    def of(cls, plan: Plan, event: Event | None, revision: int = 0, *, author: str = "") -> PlanEventForm:
        """Return the form filled from an event (None: a new one); on a POST, from the data sent.

        ``author`` is the author of a new decision.
        """
        is_new = event is None
        event = event or Event(name=UNNAMED)
        decision = event.decision
        values = form_values(event) | {
            "name": "" if is_new else event.name,
            "revision": str(revision),
            "description": event.description,
            "team": label_text(event.labels.get(TEAM, "")),
            "status": event.status,
            "owner": event.owner,
            "version": version_text(event.version),
            "practice_placement": event.practice.placement if event.practice else UNKNOWN,
            "practice_evidence": event.practice.evidence if event.practice else "",
            "wanted_scope": "all" if event.destinations == "all" else "some",
            "wanted": [item.key for item in plan.destinations] if event.destinations == "all" else event.destinations,
            "sources_scope": "all" if event.sources == "all" else "some",
            "sources": plan.sources.client if event.sources == "all" else event.sources,
            "placement": decision.placement if decision else FOLLOW,
            "decision_reason": decision.reason if decision else "",
            "decision_author": decision.author if decision else author,
        }
        return cls(plan=plan, original=event, suggested=event.suggested, data=values)

    def event(self, original: Event | None, *, today: str) -> Event:
        """Return the event that the form describes, changed from the original (None: a new one), without recommendation.

        ``today`` is the ISO date for a decision with a new placement.
        """
        original = original or Event(name=UNNAMED)
        wanted = tuple(item.key for item in self._plan.destinations if item.key in self.wanted.data)
        sources = tuple(key for key in self._plan.sources.client if key in self.sources.data)
        return msgspec.structs.replace(
            read_event(self, original),
            description=typed_or_original(self.description.data, original.description),
            labels=labels_with(original, TEAM, self.team.data or ""),
            status=cast(Status, choice_or(self.status, original.status)),
            owner=typed_or_original(self.owner.data, original.owner),
            version=read_version(self.version.data, original.version),
            practice=read_practice(
                choice_or(self.practice_placement, UNKNOWN), self.practice_evidence.data, original.practice
            ),
            destinations=wanted if self.wanted_scope.data == "some" else "all",
            sources=sources if self.sources_scope.data == "some" else "all",
            decision=self._decision(original, today),
            recommendation=msgspec.UNSET,
        )

    def _decision(self, original: Event, today: str) -> Decision | None:
        before = original.decision
        placement = choice_or(self.placement, FOLLOW)
        if placement == FOLLOW:
            return None
        base = before or Decision(placement="server")
        decision = msgspec.structs.replace(
            base,
            placement=cast(Placement, placement),
            reason=typed_or_original(self.decision_reason.data, base.reason),
            author=typed_or_original(self.decision_author.data, base.author),
        )
        if decision == before:
            return before
        if before and before.placement == decision.placement:
            return msgspec.structs.replace(decision, date=before.date)
        return msgspec.structs.replace(decision, date=today, against=self._against(original))

    def _against(self, original: Event) -> Against:
        """Return the advice that a decision with a new placement differs from: that for the event before this form."""
        advice = recommendation_of(advise_event(msgspec.structs.replace(self._plan, events=(original,)), 0))
        return Against(placement=advice.placement, ruleset=advice.ruleset)

    @property
    def facts(self) -> str:
        """Return the call type and who it belongs to, for the fold of these fields."""
        texts = (
            self.call.data,
            self.team.data,
            self.owner.data,
            self.status.data if self.status.data != "proposed" else "",
        )
        return " · ".join(filter(None, texts))

    @property
    def has_fact_errors(self) -> bool:
        """Return whether a field of that fold has an error."""
        folded = (self.call, self.team, self.status, self.owner, self.version, self.description)
        return any(field.errors for field in (*folded, self.practice_placement, self.practice_evidence))

    @property
    def destination_options(self) -> tuple[tuple[str, str], ...]:
        """Return the key and name of each destination of the plan."""
        return tuple((item.key, destination_name(item.key)) for item in self._plan.destinations)

    @property
    def source_options(self) -> tuple[tuple[str, str], ...]:
        """Return the key and name of each client library of the plan."""
        return tuple((key, LIBRARIES[key].name) for key in self._plan.sources.client)

    def validate_team(self, field: LineField) -> None:
        """Check the length of the team's name, or of each name of a list. Raises `ValidationError`."""
        label = typed_label(typed_or_original(field.data, label_text(self._team)), self._team)
        if label == self._team:
            return
        longest = max(map(len, label_texts(label)), default=0)
        if longest > LONGEST_LABEL:
            raise ValidationError(f"Shorten the team’s name to {LONGEST_LABEL} characters or fewer; it has {longest:,}")
        if not isinstance(label, str) and len(label) > MAX_LABEL_TEXTS:
            raise ValidationError(f"A label has at most {MAX_LABEL_TEXTS} texts. Remove some")

    def validate_decision_reason(self, field: LinesField) -> None:
        """Require a reason for a decision. Raises `ValidationError`."""
        if self.placement.data != FOLLOW and not (field.data or "").strip():
            raise ValidationError("Say why your team decides otherwise")
