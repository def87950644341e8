"""Typewriter builds clients from the plan that we export for it, and TypeScript compiles them."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest

from advisor.model import Plan

from .packages import HERE, node_packages, run_node
from .plans import HOSTILE, exported, hostile, shop

pytestmark = pytest.mark.slow
CLIENTS = {"node": "analytics-node", "web": "analytics-js"}
"""A folder for each client, and what Typewriter calls its library."""
OPTIONS = (
    "--outDir",
    "out",
    "--rootDir",
    ".",
    "--strict",
    "--skipLibCheck",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--types",
    "node",
)
USE = """
import { orderCompleted, signedUp } from "./node/segment.js";
import { orderCompleted as inPage } from "./web/segment.js";

const order = { order_id: "1", total: 9.5 };
const all = {
  ...order, quantity: 1, first: true, paid_at: new Date(), coupon: null, stars: 1, tags: ["a", 1], mixed: "a",
  products: [{ sku: "a", price: 1, gift: null }], address: { city: "Bonn" },
};
signedUp({ userId: "u", properties: {} });
orderCompleted({ userId: "u", properties: order });
orderCompleted({ userId: "u", properties: all });
inPage(all);
// @ts-expect-error a required property is missing
orderCompleted({ userId: "u", properties: { total: 9.5 } });
// @ts-expect-error a number is no text
orderCompleted({ userId: "u", properties: { ...order, total: "9.5" } });
// @ts-expect-error a value that the plan does not allow
inPage({ ...order, currency: "GBP" });
// @ts-expect-error a required property of an object in a list is missing
inPage({ ...order, products: [{ price: 1 }] });
"""


def build(plan: Plan, folder: Path, mode: str) -> str:
    """Return the clients that Typewriter makes of a plan, each in a folder of its own."""
    for name, library in CLIENTS.items():
        (folder / name).mkdir()
        files = exported(plan, "typewriter", folder / name)
        assert files.keys() == {"plan.json", "typewriter.yml"}
        home = folder / name / "typewriter"
        typewriter = node_packages() / "typewriter" / "bin" / "run"
        run_node(typewriter, "build", "--mode", mode, "--sdk", library, cwd=home)
        (home / "segment.ts").rename(folder / name / "segment.ts")
    return "".join((folder / name / "segment.ts").read_text(encoding="utf-8") for name in CLIENTS)


def compile_all(folder: Path, *files: str) -> None:
    """Compile files of a folder. Raises `AssertionError` with what the compiler says."""
    (folder / "node_modules").symlink_to(node_packages())
    (folder / "package.json").write_text('{"type": "module"}')
    run_node(node_packages() / "typescript" / "bin" / "tsc", *OPTIONS, *files, cwd=folder)


def test_typewriter_builds_clients_that_compile_and_know_the_types(tmp_path: Path) -> None:
    """What is required, of which type and allowed in the plan is so in the generated code, for servers and pages."""
    code = build(shop(), tmp_path, "prod")
    assert "The shop’s own number" in code
    assert "The charge succeeded" in code
    (tmp_path / "use.ts").write_text(USE, encoding="utf-8")
    compile_all(tmp_path, "use.ts")


def test_typewriter_builds_clients_with_hostile_names(tmp_path: Path) -> None:
    """They compile, and send the names of the plan, as far as Typewriter can: it escapes neither a line end nor a backslash,
    so that those names are left out, and it writes names as HTML does.
    """
    broken = tuple(text for text in HOSTILE if set(text) & set("\\\n\r\u2028"))
    assert len(broken) == 3
    build(hostile(without=broken), tmp_path, "prod")
    compile_all(tmp_path, *(f"{name}/segment.ts" for name in CLIENTS))
    sent = json.loads(run_node(HERE / "call_all.mjs", tmp_path / "out" / "node" / "segment.js"))
    assert sorted(map(unescape, sent)) == sorted(set(HOSTILE) - set(broken))
