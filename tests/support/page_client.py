"""A client that behaves like a browser without JavaScript, and lints every page that it is shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from linting import problems
from markup import Page, filled_in, read_page

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class PageClient(FlaskClient):
    """Flask's test client, with four more habits.

    - Every HTML response is linted (`linting.problems`); ``lint=False`` leaves one out.
    - A page answers 200, or redirects; a test that wants another status says it: ``client.get(path, status=404)``.
    - ``post`` adds the CSRF token that the last form carried; ``csrf=False`` leaves it out.
    - ``page`` is the last page shown, and ``submit`` fills in and sends one of its forms.
    """

    page: Page
    token: str | None = None
    address = "/"

    def open(
        self,
        *args: Any,
        status: int | None = None,
        csrf: bool = True,
        lint: bool = True,
        follow_redirects: bool = False,
        **kwargs: Any,
    ) -> TestResponse:
        """Ask for something; see `werkzeug.test.Client.open` for the rest of the arguments."""
        __tracebackhide__ = True
        if csrf and self.token and kwargs.get("method") == "POST":
            self._add_token(kwargs)
        response = super().open(*args, **kwargs)
        while follow_redirects and response.status_code // 100 == 3:
            assert response.status_code == 303 or response.request.method == "GET", "a POST redirects with 303"
            response = super().open(response.location, method="GET")
        where = f"{response.request.method} {response.request.path}"
        if status is not None:
            assert response.status_code == status, f"{where} answered {response.status}: {response.text[:2000]}"
        if response.mimetype == "text/html" and response.status_code // 100 != 3:
            expected = status or 200
            assert response.status_code == expected, f"{where} answered {response.status}; say status=… if it shall"
            self._show(where, response, lint=lint)
        return response

    def submit(self, form_action: str, button: str = "", *, status: int | None = None, **changes: Any) -> TestResponse:
        """Send the form of the last page whose action ends with ``form_action``, and follow the redirect.

        The form goes as it stands, with ``changes``: a text, a list of several, or None for a control left empty or
        unchecked. ``button`` is ``name=value`` of the button that is pressed.
        """
        __tracebackhide__ = True
        form = self.page.form(form_action)
        known = {control["name"] for control in form.root.all("input", "select", "textarea")}
        assert set(changes) <= known, f"the form has no {set(changes) - known}"
        sent = [(name, value) for name, value in filled_in(form) if name not in changes]
        for name, value in changes.items():
            sent += [(name, one) for one in (value if isinstance(value, list) else [value]) if one is not None]
        sent += [tuple(button.split("=", 1))] if button else []
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        where = form["action"] if form["action"].startswith("/") else self.address
        if form["method"].lower() == "get":
            return self.get(where.partition("?")[0], query_string=data, status=status)
        return self.post(where, data=data, follow_redirects=True, status=status)

    def _add_token(self, kwargs: dict[str, Any]) -> None:
        data = kwargs.get("data") or {}
        if isinstance(data, dict) and "json" not in kwargs:
            kwargs["data"] = {"csrf_token": self.token, **data}

    def _show(self, where: str, response: TestResponse, *, lint: bool) -> None:
        __tracebackhide__ = True
        page = read_page(response.text)
        if lint:
            found = problems(page, self._resolves)
            for name, value in HEADERS.items():
                if response.headers.get(name) != value:
                    found.append(f"the header {name} is {response.headers.get(name)}")
            assert not found, f"{where}:\n- " + "\n- ".join(found)
        if not page.is_fragment:
            self.page, self.address = page, urlsplit(response.request.url).path
        tokens = [control["value"] for control in page.root.all("input") if control["name"] == "csrf_token"]
        self.token = tokens[-1] if tokens else self.token

    def _resolves(self, path: str) -> bool:
        routes = self.application.url_map.bind("localhost")
        for method in ("GET", "POST"):
            try:
                endpoint, _ = routes.match(path, method=method)
            except RequestRedirect:
                return True
            except NotFound:
                return False
            except HTTPException:
                continue
            if endpoint == "static":
                return self.application.test_client(use_cookies=False).get(path).status_code == 200
            return True
        return False
