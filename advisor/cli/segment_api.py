"""A client of Segment's Public API for ``advisor push segment``: lists, writes and deletes the rules of a tracking plan.

The token goes into one header and into no message. Redirects are refused, because they would take it elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse, IncompleteRead
from time import sleep
from typing import IO, Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

import click
import msgspec

from advisor.text import whole_number

REGIONS = {"us": "https://api.segmentapis.com", "eu": "https://eu1.api.segmentapis.com"}
BATCH = 200
"""How many rules one request may write or list."""
DELETE_BATCH = 20
"""How many rules one request deletes: they go into its address, which may not become long."""
_MEDIA_TYPE = "application/vnd.segment.v1+json"
_TIMEOUT = 30
_MOST_TRIES = 5
_LONGEST_WAIT = 120
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_MOST_BYTES = 64 * 1024 * 1024
_MOST_PAGES = 1_000


class SegmentUnavailableError(Exception):
    """Raised if Segment can't be reached or keeps failing: nothing about the request is wrong."""


class _NoRedirects(HTTPRedirectHandler):
    """Refuses redirects."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        """Return None, so that the redirect is treated as an error."""
        del req, fp, code, msg, headers, newurl
        return None


class _Pagination(msgspec.Struct):
    next: str | None = None


class _Page(msgspec.Struct):
    rules: list[dict[str, Any]]
    pagination: _Pagination | None = None


class _Reply(msgspec.Struct):
    data: _Page


@dataclass
class SegmentApi:
    """The rules of one tracking plan in Segment."""

    base: str
    token: str = field(repr=False)
    tracking_plan: str
    _opener: OpenerDirector = field(default_factory=lambda: build_opener(_NoRedirects), repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that would show the token to others on the way."""
        try:
            parts = urlsplit(self.base)
            known = bool(parts.hostname) and parts.port != 0
        except ValueError:
            known = False
        if not known:
            raise click.ClickException(f"{self.base}: this is no address.")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise click.ClickException(f"{self.base}: the address of the API has to begin with https://.")

    def rules(self) -> Iterator[dict[str, Any]]:
        """Yield every rule of the tracking plan, page by page."""
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = {"pagination[count]": BATCH} | ({"pagination[cursor]": cursor} if cursor else {})
            data = _parsed(self._send("GET", f"?{urlencode(page)}")).data
            yield from data.rules
            cursor = data.pagination.next if data.pagination else None
            if not cursor:
                return
        raise SegmentUnavailableError(f"Segment returned more than {_MOST_PAGES:,} pages of rules.")

    def update(self, rules: Sequence[dict[str, Any]]) -> None:
        """Create or update up to `BATCH` rules."""
        self._send("PATCH", body={"rules": list(rules)})

    def delete(self, rules: Sequence[dict[str, Any]]) -> None:
        """Delete up to `DELETE_BATCH` rules."""
        query = {
            f"rules[{index}][{name}]": rule[name]
            for index, rule in enumerate(rules)
            for name in ("type", "key", "version")
            if rule.get(name) is not None
        }
        self._send("DELETE", f"?{urlencode(query)}")

    def _send(self, method: str, query: str = "", body: object = None) -> bytes:
        """Return the reply to a request. It is sent again if Segment is busy or fails; each of ours may be repeated."""
        address = f"{self.base.rstrip('/')}/tracking-plans/{quote(self.tracking_plan, safe='')}/rules{query}"
        headers = {"Authorization": f"Bearer {self.token}", "Accept": _MEDIA_TYPE, "Content-Type": _MEDIA_TYPE}
        data = None if body is None else json.dumps(body).encode()
        for number in range(_MOST_TRIES):
            is_last = number == _MOST_TRIES - 1
            request = Request(address, data=data, headers=headers, method=method)  # noqa: S310 - the scheme was checked
            try:
                with self._opener.open(request, timeout=_TIMEOUT) as reply:
                    return _body(reply)
            except HTTPError as error:
                is_busy = error.code == HTTPStatus.TOO_MANY_REQUESTS
                if is_last or not (is_busy or error.code >= HTTPStatus.INTERNAL_SERVER_ERROR):
                    self._refuse(error)
                wait = _retry_after(error.headers.get("Retry-After"), 2.0**number)
                error.close()
            except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
                reason = getattr(error, "reason", None) or error
                if is_last:
                    raise SegmentUnavailableError(f"{self.base} can’t be reached: {reason}.") from None
                wait = 2.0**number
            sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _refuse(self, error: HTTPError) -> NoReturn:
        """Raise what a reply with an error means, with what to do about it."""
        with error:
            said = _message(error.read(_MOST_BYTES))
        meanings: dict[int, str] = {
            HTTPStatus.UNAUTHORIZED: "Segment refused the token. Is SEGMENT_PUBLIC_API_TOKEN a token of the Public API, "
            "and of this region (--region eu)?",
            HTTPStatus.FORBIDDEN: "The token may not do this. It needs the role Tracking Plan Admin, and the workspace "
            "needs Protocols.",
            HTTPStatus.NOT_FOUND: f"There is no tracking plan {self.tracking_plan} in this workspace. Its id begins with "
            "tp_, and is in the address of its page.",
        }
        meaning = meanings.get(error.code, f"Segment refused the request with {error.code}.")
        if error.code == HTTPStatus.TOO_MANY_REQUESTS:
            raise SegmentUnavailableError(
                f"Segment was asked too often, also after {_MOST_TRIES} tries. Try again later."
            )
        if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SegmentUnavailableError(
                f"Segment failed with {error.code} after {_MOST_TRIES} tries. {said}".rstrip()
            )
        raise click.ClickException(f"{meaning} {said}".rstrip())


def _body(reply: HTTPResponse) -> bytes:
    """Return the body of a reply. Raises `IncompleteRead` for one that was cut off, which ``read`` with a limit does not."""
    data = reply.read(_MOST_BYTES)
    if reply.length:
        raise IncompleteRead(data, reply.length)
    return data


def _parsed(data: bytes) -> _Reply:
    try:
        return msgspec.json.decode(data, type=_Reply)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SegmentUnavailableError(f"Segment’s reply is no list of rules: {error}.") from None


def _message(data: bytes) -> str:
    """Return what the errors in a reply say."""
    try:
        errors = json.loads(data).get("errors")
    except (ValueError, AttributeError, RecursionError):
        return ""
    listed = errors if isinstance(errors, list) else []
    found = [str(each["message"]) for each in listed if isinstance(each, dict) and each.get("message")]
    return f"Segment says: {'; '.join(found)}" if found else ""


def _retry_after(text: str | None, default: float) -> float:
    """Return how many seconds to wait: those that the reply asks for, or until the time that it names, within limits."""
    given = (text or "").strip()
    if (seconds := whole_number(given)) is not None:
        return min(seconds, _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(given)
        left = (until - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return default
    return min(max(left, 0), _LONGEST_WAIT)
