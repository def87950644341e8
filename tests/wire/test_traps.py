"""The comparison can fail: it notices every silent mistake in generated code."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .page import Bundles, through_module
from .plans import Written, file_of, plan_for, written_calls
from .servers import Arrived, through_node, through_python, through_react_native
from .traps import BROWSER, NODE, PYTHON, REACT_NATIVE, Trap

pytestmark = pytest.mark.slow


def _sprung(trap: Trap) -> tuple[str, list[Written]]:
    plan = plan_for(trap.library)
    calls = [each for each in written_calls(plan, trap.library) if each.event.name == trap.event]
    assert len(calls) == 1
    return trap.sprung(file_of(plan, trap.library)), calls


def _noticed(trap: Trap, arrived: Arrived, calls: list[Written]) -> None:
    found = arrived.differences(calls)
    assert any(trap.noticed in each for each in found), found


@pytest.mark.parametrize("trap", BROWSER, ids=lambda trap: trap.name)
def test_the_comparison_notices_every_mistake_in_the_browser(
    trap: Trap, chromium_browser: Browser, made: Bundles
) -> None:
    """Analytics.js accepts these mistakes silently; the payload or the deliveries in device mode reveal them."""
    code, calls = _sprung(trap)
    _noticed(trap, through_module(chromium_browser, made, code, calls), calls)


@pytest.mark.parametrize("trap", [*NODE, *PYTHON, *REACT_NATIVE], ids=lambda trap: trap.name)
def test_the_comparison_notices_every_mistake(trap: Trap, tmp_path: Path) -> None:
    """The same for Node.js, Python and React Native."""
    through = {"analytics-node": through_node, "analytics-python": through_python, "react-native": through_react_native}
    code, calls = _sprung(trap)
    _noticed(trap, through[trap.library](code, calls, tmp_path), calls)
