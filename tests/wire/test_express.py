"""The generated hand-off in a real Express app, over a socket: every request of the vectors is read as the rules say."""

from __future__ import annotations

from pathlib import Path

import pytest

from snippets.through_node import through_node
from snippets.vectors import REQUESTS, expected

from .packages import HERE, node_packages

pytestmark = pytest.mark.slow


def test_express_reads_a_request_as_the_rules_say(tmp_path: Path) -> None:
    """Headers, addresses and bodies are those that Node.js and express.json() make of a request over a socket."""
    told = through_node(HERE / "express_vectors.mjs", REQUESTS, tmp_path, NODE_PATH=str(node_packages()))
    wrong = {
        vector["name"]: (vector["why"], handed)
        for vector, handed in zip(REQUESTS, told, strict=True)
        if handed != expected(vector)
    }
    assert wrong == {}
