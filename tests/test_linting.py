"""The page linter finds every kind of problem, and none on a good page."""

from __future__ import annotations

import pytest

from linting import problems
from markup import filled_in, read_page

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="description" content="Your plans">
<title>Plans · Tracking Advisor</title><link rel="stylesheet" href="/static/app.css">
<script type="module" src="/static/app.js"></script></head>
<body><main><h1>Plans</h1><p id="hint">Hint</p><h2>New</h2>
<form action="/plans" method="post"><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" name="name" aria-describedby="hint" value="Shop">
<fieldset><legend>Paid?</legend><label><input type="radio" name="payment" value="yes" checked>Yes</label>
<label><input type="radio" name="payment" value="no">No</label></fieldset>
<label>Note<textarea name="note">
a &amp; b</textarea></label>
<label>Call<select name="call"><option>track</option><option value="page" selected>a page</option></select></label>
<button type="submit" name="save" value="1">Save</button></form>
<svg aria-hidden="true"><symbol id="m"></symbol><use href="#m"/></svg><a href="/rules#hint">Rules</a></main></body></html>"""

BAD = {
    "does not begin with <!doctype": ("<!doctype html>\n", ""),
    "does not say its language": (' lang="en"', ""),
    "2 <h1>": ("<h2>New</h2>", "<h1>New</h1>"),
    "0 descriptions": ("Your plans", " "),
    "skips a level": ("<h2>New</h2>", "<h3>New</h3>"),
    "does not begin with the heading": ("<title>Plans", "<title>Home"),
    "is there 2 times": ('id="hint"', 'id="name"'),
    "names what is not there": ('id="hint"', 'id="other"'),
    "has no label": ('<label for="name">Name</label>', ""),
    "does not begin with a legend": ("<legend>Paid?</legend>", "Paid?"),
    "is not in a fieldset": ("<fieldset><legend>Paid?</legend>", "<div>"),
    "no action or no method": (' method="post"', ""),
    "0 CSRF tokens": ('value="t"', 'value=""'),
    "1 CSRF tokens": ('method="post"', 'method="get"'),
    "does not say its type": ('type="submit" ', ""),
    "has no name": (">Rules</a>", "></a>"),
    "is inline": ("<h1>", '<h1 style="color: red">'),
    "onclick is inline": ("<h1>", '<h1 onclick="x()">'),
    "<script> is inline": ("<h1>", "<script>x()</script><h1>"),
    "javascript:": ('href="/rules#hint"', 'href="javascript:x()"'),
    "leads to nothing on the page": ('href="#m"', 'href="#n"'),
    "leads to /nowhere": ('href="/rules#hint"', 'href="/nowhere"'),
    "loads from elsewhere": ('src="/static/app.js"', 'src="https://cdn.example/app.js"'),
    "closes <p": ("Hint</p>", "Hint"),
    "attribute twice": ('id="hint"', 'id="hint" class="a" class="b"'),
    "as None": (">Hint<", ">None<"),
}


def test_a_good_page_has_no_problems() -> None:
    """A page with a form, radios, a picture and links passes as it is."""
    assert problems(read_page(GOOD), lambda path: path != "/nowhere") == []


@pytest.mark.parametrize("problem", BAD)
def test_every_problem_is_found(problem: str) -> None:
    """Each defect, made on the good page one at a time, is told in words."""
    old, new = BAD[problem]
    assert old in GOOD
    found = problems(read_page(GOOD.replace(old, new, 1)), lambda path: path != "/nowhere")
    assert any(problem in line for line in found), found


def test_a_form_is_filled_in_as_a_browser_would() -> None:
    """Checked radios, chosen options, text areas without their first line feed; no buttons."""
    assert filled_in(read_page(GOOD).form("/plans")) == [
        ("csrf_token", "t"),
        ("name", "Shop"),
        ("payment", "yes"),
        ("note", "a & b"),
        ("call", "page"),
    ]
