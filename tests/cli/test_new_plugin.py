"""`innervoice new-plugin` writes a package that is installable, tested and found."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from innervoice.cli.main import main
from innervoice.host.loading import load_plugins


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "loud-neurons"
    assert main(["new-plugin", "loud-neurons", "--out", str(folder)]) == 0
    return folder


def test_its_own_tests_pass(package: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(package)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, cwd=package, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


def test_it_builds_a_wheel_that_is_found_once_it_is_on_the_path(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")  # as pip does with a wheel of pure Python
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    found = load_plugins()
    assert found.analyses["loud-neurons"].plugin == "loud-neurons"
    assert found.analyses["loud-neurons"].analysis.title == "Loud neurons"
    monkeypatch.delitem(sys.modules, "loud_neurons")


@pytest.mark.parametrize("name", ["Loud", "loud_neurons", "-x", "class", "../up"])
def test_a_name_that_cannot_be_one_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new-plugin", name]) == 2
    assert "innervoice: " in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_is_there_stays(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (package / "loud_neurons.py").read_bytes()
    assert main(["new-plugin", "loud-neurons", "--out", str(package)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (package / "loud_neurons.py").read_bytes() == before
