"""``advisor plans``: lists everyone's stored plans and prints recovery codes, for the operator of the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from advisor import document
from advisor.cli import options as cli_options
from advisor.cli.files import STANDARD_STREAM, write
from advisor.secret_key import fingerprint
from advisor.settings import Settings
from advisor.text import escape_invisible

if TYPE_CHECKING:
    from advisor.store import OwnedPlan, Store


@click.group()
def plans() -> None:
    """List the stored plans, and make recovery codes for people who lost theirs."""


@plans.command("list")
@cli_options.as_json
@cli_options.debug
def list_plans(*, as_json: bool) -> None:
    """Print every stored plan, the last changed first: id, owner, events, when it changed, name."""
    with _open_store() as (store, _settings):
        found = store.owners.all_plans()
    if as_json:
        write(STANDARD_STREAM, document.json_text([_as_json(item) for item in found]))
    else:
        write(STANDARD_STREAM, "".join(_as_line(item) for item in found).encode())


@plans.command()
@click.argument("plan_ids", metavar="PLAN...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every stored plan.")
@cli_options.as_json
@cli_options.debug
def adopt(plan_ids: tuple[str, ...], *, everything: bool, as_json: bool) -> None:
    """Print the recovery codes that open these plans in a browser.

    PLAN is an id as `advisor plans list` prints it. Entered at /plans/recovery, a code opens all plans of the owner, and
    adds them to what that browser has. Nobody loses anything by it.
    """
    with _open_store() as (store, settings):
        store.owners.check_key(fingerprint(settings.secret_key))
        known = {item.plan.id: item for item in store.owners.all_plans()}
        if unknown := [plan_id for plan_id in plan_ids if plan_id not in known]:
            raise click.ClickException(f"There is no plan {unknown[0]}. Ask advisor plans list for the ids.")
        chosen = list(known.values()) if everything else [known[plan_id] for plan_id in plan_ids]
        if not chosen:
            raise click.ClickException("Name the plans to adopt, or say --all. advisor plans list shows them.")
        codes = {
            store.owners.recovery_code(settings.secret_key, owner): [
                item.plan.name for item in known.values() if item.owner == owner
            ]
            for owner in dict.fromkeys(item.owner for item in chosen)
        }
    if as_json:
        write(STANDARD_STREAM, document.json_text([{"code": code, "plans": names} for code, names in codes.items()]))
    else:
        for code, names in codes.items():
            click.echo(f"{code}  {', '.join(map(escape_invisible, names))}")


@plans.command("accept-key")
@cli_options.as_json
@cli_options.debug
def accept_key(*, as_json: bool) -> None:
    """Make the current key the key of the database, after the old one was lost for good.

    Cookies that the old key signed are worth nothing then: people open their plans with recovery codes, or with those that
    `advisor plans adopt` prints.
    """
    with _open_store() as (store, settings):
        mark = fingerprint(settings.secret_key)
        store.owners.accept_key(mark)
        if as_json:
            write(STANDARD_STREAM, document.json_text({"database": store.place, "fingerprint": mark}))
            return
        click.echo(f"The plans at {store.place} belong to the key with the fingerprint {mark} from now on.")


@contextmanager
def _open_store() -> Iterator[tuple[Store, Settings]]:
    from advisor.store import StoreError, UnavailableError, open_store  # noqa: PLC0415 - the core loads no SQLAlchemy

    settings = Settings.from_environment()
    try:
        store = open_store(settings.database_url)
    except UnavailableError:
        raise
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield store, settings
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    finally:
        store.close()


def _as_line(item: OwnedPlan) -> str:
    plan = item.plan
    deleted = "  (deleted)" if plan.deleted else ""
    at = plan.updated_at.strftime("%Y-%m-%d %H:%M")
    return (
        f"{plan.id}  {_short(item.owner)}  {plan.events:>6,} events  {at} UTC  {escape_invisible(plan.name)}{deleted}\n"
    )


def _as_json(item: OwnedPlan) -> dict[str, object]:
    plan = item.plan
    return {
        "id": plan.id,
        "owner": _short(item.owner),
        "name": plan.name,
        "events": plan.events,
        "updated": plan.updated_at.isoformat(),
        "deleted": plan.deleted,
    }


def _short(owner: str) -> str:
    """Return a short mark that tells owners apart. The whole id is as secret as a cookie, so it isn't printed."""
    return fingerprint(owner)[:8]
