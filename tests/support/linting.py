"""The page linter: rules that every page must keep, checked on each page that a test requests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from markup import Element, Page

Resolves = Callable[[str], bool]
"""Whether a path of ours, without query and fragment, leads to a page or a static file."""

REFERENCES = (
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-labelledby",
    "aria-owns",
    "for",
    "form",
    "headers",
    "list",
    "popovertarget",
)
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
LOADS = {"script": "src", "img": "src", "link": "href", "source": "src", "iframe": "src", "video": "src", "use": "href"}


def problems(page: Page, resolves: Resolves) -> list[str]:
    """Everything that is wrong with a page, in words; empty if nothing is."""
    rules = [_syntax, _ids, _labels, _groups, _names, _forms, _inline, _text]
    if not page.is_fragment:
        rules += [_frame, _headings, _references]
    found = [problem for rule in rules for problem in rule(page)]
    return found + list(_addresses(page, resolves))


def _syntax(page: Page) -> Iterator[str]:
    yield from page.problems


def _frame(page: Page) -> Iterator[str]:
    root = page.root
    if page.doctype.lower() != "doctype html":
        yield "the page does not begin with <!doctype html>"
    if not root.first("html")["lang"]:
        yield "<html> does not say its language"
    for tag in ("title", "main", "h1"):
        if len(root.all(tag)) != 1:
            yield f"there are {len(root.all(tag))} <{tag}>, not one"
    metas = {meta["name"] or next(iter(meta.attributes), "") for meta in root.all("meta")}
    yield from (f"there is no <meta> for {name}" for name in ("charset", "viewport") if name not in metas)
    described = [meta for meta in root.all("meta") if meta["name"] == "description" and meta["content"].strip()]
    if any(link["rel"] == "stylesheet" for link in root.all("link")) and len(described) != 1:
        yield f"there are {len(described)} descriptions of the page, not one"


def _headings(page: Page) -> Iterator[str]:
    titles, tops = page.root.all("title"), page.root.all("h1")
    if titles and tops and not titles[0].text.removeprefix("Error: ").startswith(tops[0].text):
        yield f"the title “{titles[0].text}” does not begin with the heading “{tops[0].text}”"
    level = 0
    for heading in page.root.all("h1", "h2", "h3", "h4", "h5", "h6"):
        if int(heading.tag[1]) > level + 1 and level:
            yield f"<{heading.tag}> “{heading.text}” skips a level after <h{level}>"
        if not heading.text:
            yield f"{heading} is empty"
        level = int(heading.tag[1])


def _ids(page: Page) -> Iterator[str]:
    ids = Counter(element["id"] for element in page.root if "id" in element)
    yield from (f"the id “{name}” is there {count} times" for name, count in ids.items() if count > 1)
    yield from (f"“{name}” is not an id" for name in ids if not re.fullmatch(r"\S+", name))


def _references(page: Page) -> Iterator[str]:
    ids = {element["id"] for element in page.root if "id" in element}
    for element in page.root:
        for attribute in REFERENCES:
            if attribute in element:
                missing = [name for name in element[attribute].split() if name not in ids]
                if missing or not element[attribute].strip():
                    yield f"{element}: {attribute} names what is not there"
        target = element["href"] if element.tag in {"a", "use"} else ""
        if target.startswith("#") and target[1:] not in ids:
            yield f"{element} leads to nothing on the page"


def _labels(page: Page) -> Iterator[str]:
    labelled = {label["for"] for label in page.root.all("label") if label.text}
    for control in page.root.all("input", "select", "textarea"):
        if control.tag == "input" and control["type"] in UNLABELLED:
            continue
        above = control.within("label")
        named = control["aria-label"].strip() or control["aria-labelledby"]
        if not (named or (above is not None and above.text) or ("id" in control and control["id"] in labelled)):
            yield f"{control} has no label"


def _groups(page: Page) -> Iterator[str]:
    for group in page.root.all("fieldset"):
        head = next((child for child in group.children if isinstance(child, Element)), None)
        if head is None or head.tag != "legend" or not head.text:
            yield f"{group} does not begin with a legend"
    for control in page.root.all("input"):
        if control["type"] == "radio" and control.within("fieldset") is None:
            yield f"{control} is not in a fieldset"


def _names(page: Page) -> Iterator[str]:
    for element in page.root.all("a", "button", "summary"):
        pictures = any(picture["aria-label"] or picture["alt"] for picture in element)
        if not (element.text or element["aria-label"] or element["aria-labelledby"] or pictures):
            yield f"{element} has no name"
    yield from (f"{image} has no alt" for image in page.root.all("img") if "alt" not in image)
    yield from (f"{button} does not say its type" for button in page.root.all("button") if "type" not in button)


def _forms(page: Page) -> Iterator[str]:
    for form in page.root.all("form"):
        if not form["action"] or form["method"].lower() not in {"get", "post", "dialog"}:
            yield f"{form} has no action or no method"
        tokens = [control for control in form.all("input") if control["name"] == "csrf_token" and control["value"]]
        if len(tokens) != (form["method"].lower() == "post"):
            yield f"{form} has {len(tokens)} CSRF tokens; a POST form has one, a GET form would put it into the address"


def _inline(page: Page) -> Iterator[str]:
    for element in page.root:
        if element.tag == "style" or (element.tag == "script" and "src" not in element):
            yield f"{element} is inline"
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"{element}: {name} is inline"


def _text(page: Page) -> Iterator[str]:
    for element in page.root:
        if element.children == ["None"] and element.tag not in {"code", "pre", "textarea", "option"}:
            yield f"{element} shows a missing value as None"


def _addresses(page: Page, resolves: Resolves) -> Iterator[str]:
    for element in page.root:
        loaded = element[LOADS[element.tag]] if element.tag in LOADS else ""
        if (loaded and not loaded.startswith(("/", "#", "data:"))) or loaded.startswith("//"):
            yield f"{element} loads from elsewhere"
        for address in (loaded, element["href"], element["action"], element["formaction"]):
            path = re.split(r"[?#]", address)[0]
            if path.startswith("/") and not path.startswith("//") and not resolves(path):
                yield f"{element} leads to {path}, which is not there"
