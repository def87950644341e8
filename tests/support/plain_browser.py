"""A visitor of a server in another process: keeps cookies and the token of the last form, and follows redirects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

PATIENCE = 60


class PlainBrowser:
    """One visitor. Several share a `CookieJar` where they are the same person at several servers."""

    def __init__(self, server: str, cookies: CookieJar | None = None) -> None:
        self.server = server
        self.cookies = CookieJar() if cookies is None else cookies
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.token = ""
        self.address = ""
        """Where the last answer came from, redirects followed."""

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        return self._ask(Request(self.server + path))

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """Send a form."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self._ask(Request(self.server + path, body))

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                status, text, self.address = answer.status, answer.read().decode(), answer.url
        except HTTPError as error:
            with error:
                status, text = error.code, error.read().decode()
        if found := re.search(r'name="csrf_token" value="([^"]*)"', text):
            self.token = found[1]
        return status, text
