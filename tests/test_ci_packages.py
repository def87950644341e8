"""The scripts in .ci install what the tests need through one installer, .ci/packages.

The scripts are run in a copy of their folder, with a PATH that holds stand-ins for apt-get, dpkg-query and id and no
program of this machine but a few small tools.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from serving import ROOT

SCRIPTS = sorted(path for path in (ROOT / ".ci").iterdir() if path.suffix == "")
TOOLS = ("chmod", "cmp", "dirname", "mktemp", "rm", "tail")
STAND_INS = {
    "id": "echo ${TEST_USER:-0}",
    "dpkg-query": """for package; do :; done; [ -e "$TEST_FOLDER/installed-$package" ] && printf installed""",
    "apt-get": """
        echo "$*" >>"$TEST_FOLDER/apt.log"
        if [ "${TEST_APT:-}" = broken ]; then echo "E: Unable to fetch some archives" >&2; exit 100; fi
        if [ "${TEST_APT:-}" = installs-chromium ]; then
          printf '#!/bin/sh\n' >"$TEST_FOLDER/bin/chromium"; chmod +x "$TEST_FOLDER/bin/chromium"
        fi""",
}


class Machine:
    """A machine with the scripts, on which nothing is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None
            (folder / "bin" / tool).symlink_to(found)
        for name, script in STAND_INS.items():
            self._write(folder / "bin" / name, f"#!/bin/sh\n{script}\n")
        (folder / ".ci").mkdir()
        for path in SCRIPTS:
            # .ci/postgres also looks in the folders of the system: here in those of this machine.
            self._write(
                folder / ".ci" / path.name, path.read_text(encoding="utf-8").replace(" /usr/", f" {folder}/usr/")
            )

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def mark_installed(self, package: str) -> None:
        """Let dpkg-query say that a package is installed."""
        (self.folder / f"installed-{package}").touch()

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Return what a script prints and its exit code."""
        return subprocess.run(
            [str(self.folder / ".ci" / script), *arguments],
            env={"PATH": str(self.folder / "bin"), "TEST_FOLDER": str(self.folder)} | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def apt_calls(self) -> list[str]:
        """Return the arguments of every call of apt-get."""
        log = self.folder / "apt.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine of its own for each test."""
    return Machine(tmp_path)


def test_installed_packages_are_not_installed_again(machine: Machine) -> None:
    """If everything is installed, the installer ends at once and does not use the network."""
    machine.mark_installed("curl")
    done = machine.run("packages", "some tests", "curl")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.apt_calls() == []


def test_only_the_missing_packages_are_installed(machine: Machine) -> None:
    """Missing packages are installed without the packages that they recommend."""
    machine.mark_installed("curl")
    assert machine.run("packages", "some tests", "curl", "nodejs", "npm").returncode == 0
    assert machine.apt_calls() == ["-q update", "-q -y install --no-install-recommends nodejs npm"]


def test_without_root_the_command_to_run_is_printed(machine: Machine) -> None:
    """Without root, the installer prints the command to run and does not try it."""
    done = machine.run("packages", "some tests", "curl", TEST_USER="1000")
    assert done.returncode == 1
    assert "some tests" in done.stderr
    assert "as root: apt-get install --no-install-recommends curl\n" in done.stderr
    assert machine.apt_calls() == []


def test_a_failed_installation_shows_its_error_and_what_to_do(machine: Machine) -> None:
    """The message of apt-get comes first, then the command to run again."""
    done = machine.run("packages", "some tests", "curl", TEST_APT="broken")
    assert done.returncode == 1
    assert "E: Unable to fetch some archives\n" in done.stderr
    assert done.stderr.endswith("run: apt-get update && apt-get install --no-install-recommends curl\n")


@pytest.mark.parametrize(
    ("script", "arguments", "environment", "packages"),
    [
        ("browser", [], {}, "chromium fonts-liberation"),
        (
            "languages",
            [],
            {"ADVISOR_REQUIRE_LANGUAGES": "1"},
            "nodejs ruby php-cli golang-go default-jdk-headless mono-mcs kotlin rustc clojure clang bash",
        ),
        ("postgres", ["true"], {"ADVISOR_REQUIRE_POSTGRES": "1"}, "postgresql"),
        ("wire", [], {"ADVISOR_REQUIRE_WIRE": "1"}, "curl"),
        ("wire", [], {"ADVISOR_REQUIRE_WIRE": "1"}, "nodejs npm"),
        ("consumers", [], {"ADVISOR_REQUIRE_CONSUMERS": "1"}, "nodejs npm"),
    ],
)
def test_each_script_asks_the_installer_for_its_packages(
    machine: Machine, script: str, arguments: list[str], environment: dict[str, str], packages: str
) -> None:
    """If the packages are still missing afterwards, the script fails and says what to install."""
    done = machine.run(script, *arguments, **environment)
    assert done.returncode == 1
    assert f"-q -y install --no-install-recommends {packages}" in machine.apt_calls()
    assert "nstall" in done.stderr.splitlines()[-1]


def test_the_browser_is_installed_once(machine: Machine) -> None:
    """A second run finds the browser and prints nothing."""
    first = machine.run("browser", TEST_APT="installs-chromium")
    assert (first.returncode, first.stdout) == (0, f"{machine.folder}/bin/chromium\n")
    calls = machine.apt_calls()
    second = machine.run("browser")
    assert (second.returncode, second.stdout, second.stderr) == (0, first.stdout, "")
    assert machine.apt_calls() == calls


@pytest.mark.parametrize("script", ["browser", "languages", "wire", "consumers"])
def test_find_installs_nothing(machine: Machine, script: str) -> None:
    """With --find, a script says what is missing and leaves the machine as it is."""
    done = machine.run(script, "--find")
    assert done.stderr
    assert machine.apt_calls() == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_only_the_installer_runs_apt_get(path: Path) -> None:
    """The other scripts name it in comments and messages at most."""
    lines = path.read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if not line.lstrip().startswith(("#", "echo "))]
    assert any("apt-get" in line for line in code) == (path.name == "packages")
