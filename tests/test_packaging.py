"""The installed package is complete: the wheel works in an empty environment, from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from advisor.web.app.assets.files import read_static_files
from markup import read_page
from serving import ROOT, serving

pytestmark = pytest.mark.slow


def _run(*command: str | Path, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    # This environment's own pip does the work: a pip in each new environment would cost more than the test.
    venv.create(folder, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--disable-pip-version-check"]
    _run(*pip, "install", "--quiet", "--no-input", "--constraint", ROOT / ".ci" / "constraints.txt", wheel)
    return folder / "bin"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables of a person who has never run the app."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ADVISOR_", "PYTHON", "VIRTUAL_"))
    }
    return kept | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}


def test_the_wheel_holds_every_template_and_static_file(wheel: Path) -> None:
    """Top-level templates/ and static/ ship inside the package, whole; tests and docs do not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("templates", "static"):
        files = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"advisor/{path.as_posix()}" for path in files} <= names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"advisor"}


def test_a_wheel_made_of_the_source_distribution_is_the_same(wheel: Path, tmp_path: Path) -> None:
    """What is built from an unpacked sdist holds the same files as what is built from a checkout."""
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, ROOT)
    (rebuilt,) = tmp_path.glob("*.whl")  # build makes the wheel from the sdist
    assert _contents(rebuilt) == _contents(wheel)


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_installed_app_serves_a_page_with_its_files(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """``advisor serve``, started from /, prints its address and its database, and answers with a page. What the page
    loads has the address and the bytes that a checkout gives it.
    """
    log = tmp_path / "log"
    with serving([installed / "advisor"], environment, log) as address:
        with urlopen(address, timeout=20) as response:
            page = read_page(response.read().decode())
        assert page.root.first("h1").text
        loaded = [link["href"] for link in page.root.all("link")] + [tag["src"] for tag in page.root.all("script")]
        served = read_static_files(ROOT / "static")
        for path in loaded:
            with urlopen(urljoin(address, path), timeout=20) as response:
                assert response.read() == served.files[path.removeprefix(f"/static/{served.version}/")].content
        assert loaded
    assert address in log.read_text()
    assert environment["XDG_DATA_HOME"] in log.read_text()


def test_the_installed_app_advises_a_plan(installed: Path, environment: dict[str, str]) -> None:
    """``advisor advise -`` reads a plan from standard input, wherever it is started, and writes it advised."""
    plan = {"format": "tracking-plan/1", "events": [{"name": "Order Completed", "answers": {"payment": "yes"}}]}
    told = _run(installed / "advisor", "advise", "-", cwd="/", env=environment, input=json.dumps(plan))
    assert json.loads(told)["events"][0]["recommendation"]["placement"] == "server"
