"""Sends the requests of the grid's script."""

from __future__ import annotations

import secrets
from typing import Any

from page_client import PageClient


class Grid:
    """The grid of a plan at a client: opened once for its token, then only told what to change."""

    def __init__(self, client: PageClient, plan_id: str) -> None:
        self.client, self.path = client, f"/plans/{plan_id}/grid"
        client.get(self.path, status=200)
        self.token = client.page.root.by_id("grid")["data-token"]

    def send(self, status: int = 200, *, token: bool = True, query: str = "", **changes: Any) -> dict[str, Any]:
        """Send changes; `put` and `add` make them."""
        headers = {"X-CSRFToken": self.token} if token else {}
        answer = self.client.post(
            f"{self.path}/changes{query}", json=changes, headers=headers, status=status, csrf=False, lint=False
        )
        return dict(answer.json) if answer.is_json else {}

    def put(self, event_id: str, field: str, was: Any, value: Any, status: int = 200) -> dict[str, Any]:
        """Change one cell."""
        return self.send(status, cells=[cell(event_id, field, was, value)])

    def undo(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Send what undoes an earlier change."""
        return self.send(query="?undo=1", **answer["undo"])


def cell(event_id: str, field: str, was: Any, value: Any) -> dict[str, Any]:
    """One changed cell."""
    return {"id": event_id, "field": field, "was": was, "value": value}


def new(name: str, **more: Any) -> dict[str, Any]:
    """An event to add."""
    return {"id": secrets.token_hex(16), "cells": {"name": name}, **more}
