"""The errors of the store. Every message says what happened and what to do."""

from __future__ import annotations

from advisor.document import Problem
from advisor.store.databases.causes import Cause
from advisor.store.records import DamagedEvent, StoredEvent, StoredPlan


class StoreError(Exception):
    """Plans cannot be stored or read."""


class UnavailableError(StoreError):
    """The database cannot be reached, is busy, full or read-only, or belongs to a newer version: see ``cause``."""

    def __init__(self, message: str, cause: Cause = "away") -> None:
        super().__init__(message)
        self.cause = cause


class WrongKeyError(StoreError):
    """The database belongs to another secret key. With this one, the app would accept nobody's cookie."""


class NotFoundError(StoreError):
    """There is no such plan or event for this owner. The error is the same for someone else's id and an unknown one."""


class DeletedError(NotFoundError):
    """The plan or event belongs to the owner, but is deleted. It can be restored."""


class DamagedError(StoreError):
    """A row that is needed can't be read: that of ``event`` or, if it is None, that of the plan's settings."""

    def __init__(self, plan_id: str, reason: str, event: DamagedEvent | None = None) -> None:
        what = "An event" if event else "The settings"
        super().__init__(
            f"{what} of this plan can't be read: it is damaged. {reason} Restore an earlier version of it."
        )
        self.plan_id = plan_id
        self.reason = reason
        self.event = event


class UnstorableError(StoreError):
    """A plan document may not hold this plan or event: ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = f"{problems[0].pointer}: {problems[0].message}".removeprefix(": ")
        super().__init__(f"This cannot be part of a plan: {first}")
        self.problems = problems


class PlanFullError(StoreError):
    """The plan would hold more events than a plan document may hold."""


class TooManyError(StoreError):
    """The plan already has as many named versions or links as it may have."""


class OutdatedError(StoreError):
    """The plan was changed since it was looked at, so nothing was restored or undone."""


class ConflictError(StoreError):
    """Someone saved a newer version meanwhile, so nothing was saved now. The subclass has the newer version."""


class SettingsConflictError(ConflictError):
    """The plan's settings are newer than the version that was edited: ``current`` is the plan as it is now."""

    def __init__(self, current: StoredPlan) -> None:
        super().__init__("The settings of this plan were changed meanwhile. Compare the two versions and save again.")
        self.current = current


class EventConflictError(ConflictError):
    """The event is newer than the version that was edited, or deleted: ``current`` is the event as it is now."""

    def __init__(self, current: StoredEvent) -> None:
        happened = "deleted" if current.deleted else "changed"
        super().__init__(f"This event was {happened} meanwhile. Compare the two versions and save again.")
        self.current = current
