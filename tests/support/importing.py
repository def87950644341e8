"""Imports in tests as a browser without JavaScript makes them: files or text, the preview, and the button below it."""

from __future__ import annotations

import io
from typing import Any

from markup import Element
from page_client import PageClient


def bring(client: PageClient, text: str = "", plan_id: str = "", **files: bytes) -> Element:
    """Bring text, or files by their names (``plan_json`` is ``plan.json``), and return the page that follows."""
    address = f"/plans/{plan_id}/import" if plan_id else "/plans/import"
    client.get(address)
    sent = [(io.BytesIO(data), name.replace("_", ".")) for name, data in files.items()]
    data: dict[str, Any] = {"file": sent} if sent else {"text": text}
    client.post(address, data=data, follow_redirects=True)
    return client.page.root


def confirm(client: PageClient, /, **changes: Any) -> str:
    """Press the button of the preview, and return the id of the plan; an empty id if it did not lead to one."""
    client.submit(client.address, "do=import", **changes)
    parts = client.address.split("/")
    return parts[2] if len(parts) == 3 else ""


def look(client: PageClient, /, **changes: Any) -> Element:
    """Choose something on the preview, press *Look again*, and return the page that follows."""
    client.submit(client.address, "do=look", **changes)
    return client.page.root


def primary(page: Element) -> str:
    """Return the text of the main button of a page; empty if it has none."""
    return next((button.text for button in page.all("button") if "btn--primary" in button["class"]), "")


def import_text(client: PageClient, text: str) -> str:
    """Import text as a plan of its own, and return the id of the plan."""
    bring(client, text)
    return confirm(client)
