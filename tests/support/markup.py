"""A page as a tree of elements, as far as tests need it: read strictly, searched, and its forms filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(eq=False)
class Element:
    """One element: its attributes (a bare one is the empty text), and its children, elements and text, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def __iter__(self) -> Iterator[Element]:
        """Every element below this one, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    def __str__(self) -> str:
        return "<" + " ".join([self.tag, *(f'{name}="{value}"' for name, value in self.attributes.items())]) + ">"

    @property
    def text(self) -> str:
        """All text below, with blanks collapsed as a browser shows them."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    @property
    def root(self) -> Element:
        """The document that this element is in."""
        return self if self.parent is None else self.parent.root

    def all(self, *tags: str) -> list[Element]:
        """The elements below with one of these tags."""
        return [element for element in self if element.tag in tags]

    def first(self, tag: str) -> Element:
        """The first element below with this tag; fails if there is none."""
        found = self.all(tag)
        assert found, f"there is no <{tag}> in {self}"
        return found[0]

    def by_id(self, name: str) -> Element:
        """The element below with this id; fails if there is none."""
        found = [element for element in self if element["id"] == name]
        assert found, f"there is no #{name} in {self}"
        return found[0]

    def by_class(self, name: str) -> list[Element]:
        """The elements below that have this class."""
        return [element for element in self if name in element["class"].split()]

    def within(self, *tags: str) -> Element | None:
        """The nearest ancestor with one of these tags."""
        above = self.parent
        while above is not None and above.tag not in tags:
            above = above.parent
        return above


class _Reader(HTMLParser):
    """Builds the tree, and notes where the markup leaves something to a browser's goodwill."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document")
        self.open = self.root
        self.problems: list[str] = []
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID and element.within("svg") is None:
            self.problems.append(f"{element} closes itself, which HTML ignores")

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.open)
        if len(element.attributes) < len(attrs):
            self.problems.append(f"{element} has an attribute twice")
        self.open.children.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if self.open.tag != tag:
            self.problems.append(f"</{tag}> closes {self.open}")
        matching: Element | None = self.open
        while matching is not None and matching.tag != tag:
            matching = matching.parent
        if matching is not None and matching.parent is not None:
            self.open = matching.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


@dataclass
class Page:
    """What a response shows: the tree, and what is wrong with its syntax."""

    root: Element
    doctype: str
    problems: list[str]

    @property
    def is_fragment(self) -> bool:
        """Whether this is a part of a page, to be put into one by script."""
        return not self.root.all("html")

    def form(self, action: str) -> Element:
        """The one form whose action ends like this; fails if there is none or several."""
        found = [form for form in self.root.all("form") if form["action"].partition("?")[0].endswith(action)]
        assert len(found) == 1, f"{len(found)} forms go to …{action}: {[str(form) for form in self.root.all('form')]}"
        return found[0]


def read_page(text: str) -> Page:
    """The page that this HTML is."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open is not reader.root:
        reader.problems.append(f"{reader.open} is never closed")
    return Page(reader.root, reader.doctype, reader.problems)


def filled_in(form: Element) -> list[tuple[str, str]]:
    """The names and values that a browser would send for an unchanged form, without a button."""
    sent: list[tuple[str, str]] = []
    for control in form.root.all("input", "select", "textarea"):
        owned = control["form"] == form["id"] if "form" in control else control.within("form") is form
        if owned and control["name"] and "disabled" not in control and not _switched_off(control):
            sent += [(control["name"], value) for value in _VALUES.get(control.tag, _input_values)(control)]
    return sent


def _switched_off(control: Element) -> bool:
    group = control.within("fieldset")
    return group is not None and ("disabled" in group or _switched_off(group))


def _input_values(control: Element) -> list[str]:
    if control["type"] in {"submit", "button", "image", "reset", "file"}:
        return []
    if control["type"] in {"radio", "checkbox"}:
        return [control.attributes.get("value", "on")] if "checked" in control else []
    return [control["value"]]


def _select_values(control: Element) -> list[str]:
    options = control.all("option")
    chosen = [option for option in options if "selected" in option]
    if not chosen and "multiple" not in control:
        chosen = options[:1]
    return [option.attributes.get("value", option.text) for option in chosen]


def _textarea_values(control: Element) -> list[str]:
    # A browser drops the one line feed that follows the tag, and sends line ends as CR LF.
    text = "".join(child for child in control.children if isinstance(child, str)).removeprefix("\n")
    return [text.replace("\r\n", "\n").replace("\n", "\r\n")]


_VALUES: dict[str, Callable[[Element], list[str]]] = {"select": _select_values, "textarea": _textarea_values}
