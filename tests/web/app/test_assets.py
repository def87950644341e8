"""Laws of the static files: one stylesheet per feature, every module preloaded, addresses that may be kept for good."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask import Flask

from advisor.web.app.assets.files import MEDIA_TYPES, read_static_files
from advisor.web.app.assets.references import BrokenReferenceError
from advisor.web.app.assets.sheets import imported_sheets
from advisor.web.app.encodings import ENCODINGS, smallest
from markup import Element
from owned_plans import own
from page_client import PageClient
from serving import ROOT

STATIC = ROOT / "static"
FILES = read_static_files(STATIC)
INDEXES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("index.css"))
SHEETS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css") if path.name != "index.css")
REPORT = "formats/report.css"
"""The stylesheet inside the report: an export, not a page."""
LAYERS = re.search(r"@layer ([^;{]+);", (STATIC / "base/tokens.css").read_text())
IMPORT = re.compile(r'\bfrom\s*"([^"]+)"|^\s*import\s*"([^"]+)"', re.MULTILINE)


@pytest.fixture
def pages(app: Flask, client: PageClient) -> list[str]:
    """Return the address of a page of each feature."""
    plan = f"/plans/{own(app, client)}"
    client.get(plan)
    event = next(
        link["href"] for link in client.page.root.all("a") if re.search(r"/events/[0-9a-f]{32}$", link["href"])
    )
    plain = ["/", "/advise", "/rules", "/destinations", "/integrations", "/plans", "/plans/new", "/plans/import"]
    parts = [
        "",
        "/grid",
        "/grid/plain",
        "/questions",
        "/settings",
        "/history",
        "/findings",
        "/privacy",
        "/export/json",
        "/share",
    ]
    return [*plain, *(plan + part for part in parts), f"{plan}/events/new", event]


def links(client: PageClient, kind: str) -> list[Element]:
    """Return the links of this kind in the last page."""
    return [link for link in client.page.root.all("link") if link["rel"] == kind]


def test_a_page_asks_for_the_base_and_at_most_one_more_stylesheet(client: PageClient, pages: list[str]) -> None:
    """If a page needs the styles of several features, its own stylesheet joins them."""
    for address in pages:
        client.get(address)
        sheets = [link["href"] for link in links(client, "stylesheet")]
        assert sheets[0].endswith("/base/index.css")
        assert len(sheets) == 2, f"{address} asks for {sheets}"


def test_a_page_names_every_module_that_will_run(client: PageClient, pages: list[str]) -> None:
    """What scripts import, at any depth and at its final address, is preloaded; nothing else is."""
    for address in pages:
        client.get(address)
        scripts = [script["src"] for script in client.page.root.all("script")]
        found = list(scripts)
        for script in found:
            with client.get(script, status=200) as response:
                names = [one or other for one, other in IMPORT.findall(response.text)]
            found += [target for name in names if (target := urljoin(script, name)) not in found]
        preloaded = [link["href"] for link in links(client, "modulepreload")]
        assert sorted(scripts + preloaded) == sorted(found), address


def test_everything_that_a_page_loads_may_be_kept_for_good(client: PageClient, pages: list[str]) -> None:
    """An address with the version may be kept; without a version, or with an old one, the file is checked each time."""
    for address in pages:
        client.get(address)
        loaded = [link["href"] for link in client.page.root.all("link")]
        for versioned in loaded + [script["src"] for script in client.page.root.all("script")]:
            name = versioned.removeprefix(f"/static/{FILES.version}/")
            assert name in FILES.files
            for path, is_kept in (
                (versioned, True),
                (f"/static/{name}", False),
                (f"/static/{'0' * 12}/{name}", False),
            ):
                with client.get(path, status=200) as response:
                    assert response.data == FILES.files[name].content
                    assert ("immutable" in response.headers["Cache-Control"]) is is_kept
                    assert is_kept or response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("index", INDEXES)
def test_a_stylesheet_has_the_rules_of_its_parts_in_the_order_of_its_index(index: str) -> None:
    """The stylesheet has all rules of its parts, apart from comments and indentation."""

    def bare(text: str) -> str:
        return re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))

    parts = re.findall(r'@import "(.+)";', (STATIC / index).read_text())
    texts = [((STATIC / index).parent / part).resolve().read_text() for part in parts]
    assert bare(FILES.files[index].content.decode()) == bare("".join(texts)) != ""


def test_every_stylesheet_is_part_of_a_page() -> None:
    """A file that no index imports would never be loaded; the stylesheet of the report is inside the report."""
    imported = {part for index in INDEXES for part in imported_sheets(index, (STATIC / index).read_text())}
    assert set(SHEETS) - imported == {REPORT}


def test_every_index_is_named_by_a_template() -> None:
    """Templates name every index, and the test of a page finds names of files that don't exist."""
    texts = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'\bfeature = (?:feature \| default\()?"([\w/]+)"', texts))
    assert {f"{name}/index.css" for name in named} == set(INDEXES) - {"base/index.css"}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_rule_is_in_a_layer(sheet: str) -> None:
    """Layers decide which rule wins, in any order of the files; a rule outside of them would win over print rules."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(), flags=re.DOTALL)
    depth, heads, head = 0, [], ""
    for character in text:
        if character == "{":
            heads += [head.strip()] if depth == 0 else []
            depth += 1
        elif character == "}":
            depth -= 1
        head = "" if character in "{};" else head + character
    assert LAYERS is not None
    layers = [layer.strip() for layer in LAYERS[1].split(",")]
    assert layers[-1] == "print"
    assert {name.removeprefix("@layer ") for name in heads} <= set(layers)
    assert all(name.startswith("@layer ") for name in heads)


def test_every_static_file_is_served() -> None:
    """A kind of file that the app does not know would be missing without a message."""
    names = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    assert set(FILES.files) == names
    assert {Path(name).suffix for name in names} == set(MEDIA_TYPES)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a/index.css", '@import "./nothing.css";', "a/nothing.css"),
        ("a/index.css", '@import "./b.css";\n@import "../a/b.css";', "twice"),
        ("a/index.css", '@import "./b.css";\np { color: red; }', "no @import"),
        ("a/index.css", '@import "../../b.css";', "leads out"),
        ("a/index.css", '@import "./index.css";', "no stylesheet to join"),
        ("a/c.js", 'import { a } from "./nothing.js";', "a/nothing.js"),
        ("a/c.js", 'import "lodash";', "not relative"),
        ("a/c.js", 'export const load = () => import("./d.js");', "preloaded"),
    ],
)
def test_a_reference_that_cannot_be_served_is_refused_at_start(tmp_path: Path, name: str, text: str, told: str) -> None:
    """The message names the file and what is wrong, before any page is shown without its style."""
    (tmp_path / "a").mkdir()
    for file, content in (("a/b.css", "p { margin: 0; }"), ("a/d.js", "export const a = 1;"), (name, text)):
        (tmp_path / file).write_text(content)
    with pytest.raises(BrokenReferenceError, match=re.escape(told)) as raised:
        read_static_files(tmp_path)
    assert f"static/{name}" in str(raised.value)


def test_imports_are_found_as_they_are_written(tmp_path: Path) -> None:
    """Imports on one line or several are found, also exports of other modules, and imports in comments are not."""
    (tmp_path / "all.js").write_text(
        '// import "./gone.js";\n/* import "./gone.js"; */\nimport "./a.js";\nimport {\n  one,\n  two,\n} from "./b.js";\n'
        'export { three } from "./c.js";\nimport * as d from "./d.js";\nconst text = "import me";\n'
    )
    for name in "abcd":
        (tmp_path / f"{name}.js").write_text("export const one = 1;\n")
    assert read_static_files(tmp_path).imports["all.js"] == ("a.js", "b.js", "c.js", "d.js")


def test_any_change_of_a_file_changes_the_version(tmp_path: Path) -> None:
    """All files share it, so that modules find each other by relative addresses."""
    versions = set()
    for folder, name, text in (("a", "x.js", "1;"), ("b", "x.js", "2;"), ("c", "y.js", "1;"), ("d", "x.js", "1;")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
        versions.add(read_static_files(tmp_path / folder).version)
    assert len(versions) == 3


@pytest.mark.parametrize("encoding", ["identity", *ENCODINGS])
def test_each_encoding_has_its_own_etag_and_is_confirmed_by_it(client: PageClient, encoding: str) -> None:
    """A cache that holds one encoding is not told that it may use it for another."""
    headers = {"Accept-Encoding": encoding}
    content = FILES.files["base/index.css"].content
    with client.get("/static/base/index.css", headers=headers) as response:
        etag = response.headers["ETag"]
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.headers.get("Content-Encoding", "identity") == encoding
        assert response.data == (content if encoding == "identity" else smallest(content, encoding))
    for other in ("identity", *ENCODINGS):
        asked = {"Accept-Encoding": other, "If-None-Match": etag}
        with client.get("/static/base/index.css", headers=asked) as response:
            assert response.status_code == (304 if other == encoding else 200)
            assert response.status_code == 200 or response.data == b""


def test_a_part_of_a_file_is_not_compressed(client: PageClient) -> None:
    """Ranges count the bytes of the file itself."""
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=10-29"}
    with client.get("/static/base/index.css", headers=headers, status=206) as response:
        assert response.data == FILES.files["base/index.css"].content[10:30]
        assert "Content-Encoding" not in response.headers


def test_a_file_without_content_is_announced_with_its_length(client: PageClient) -> None:
    """HEAD has the length that GET would send."""
    headers = {"Accept-Encoding": "gzip"}
    head = client.head("/static/base/index.css", headers=headers)
    whole = client.get("/static/base/index.css", headers=headers)
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.data))


def test_every_page_describes_itself(client: PageClient, pages: list[str]) -> None:
    """Each page has a description of one short plain sentence that no other page has."""
    found = []
    for address in pages:
        client.get(address)
        found += [meta["content"] for meta in client.page.root.all("meta") if meta["name"] == "description"]
    assert len(set(found)) == len(pages)
    assert all(len(text) <= 150 for text in found)
