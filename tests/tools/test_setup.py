"""The scripts behind make: which Python is taken, and what is said of what is missing."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def libraries() -> ModuleType:
    """``packaging/system_libraries.py`` as a module."""
    path = ROOT / "packaging" / "system_libraries.py"
    specification = importlib.util.spec_from_file_location("system_libraries", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _python(*names: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(ROOT / "packaging" / "python.sh")]
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": " ".join(names)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _script(folder: Path, name: str, version: str) -> str:
    """Make a program that answers as that version of Python would to the question whether it fits."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n[ {version} = fits ]\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_first_python_that_fits_is_taken(tmp_path: Path) -> None:
    old, good, other = (_script(tmp_path, *what) for what in (("old", "no"), ("good", "fits"), ("other", "fits")))
    found = _python("not-there", old, good, other)
    assert (found.returncode, found.stdout.strip()) == (0, good)


def test_no_python_that_fits_is_said_with_the_remedy() -> None:
    found = _python("not-there")
    assert found.returncode == 1
    assert "Innervoice needs Python 3.11, 3.12 or 3.13" in found.stderr
    assert "sudo apt-get install -y python3 python3-venv" in found.stderr


def test_missing_libraries_are_named_by_package(libraries: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"libc.so.6": "libc6", "libnothing-of-the-kind.so.9": "libnothing9"}
    monkeypatch.setattr(libraries, "PACKAGES", asked)
    monkeypatch.setattr(libraries, "FONT_FOLDERS", ())
    assert libraries.missing_packages() == ["libnothing9", "fonts-dejavu-core"]


def test_a_font_anywhere_below_is_enough(
    libraries: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "a.ttf").touch()
    monkeypatch.setattr(libraries, "PACKAGES", {})
    monkeypatch.setattr(libraries, "FONT_FOLDERS", (tmp_path / "absent", tmp_path))
    assert libraries.missing_packages() == []


@pytest.mark.parametrize("script", sorted((ROOT / "packaging").glob("*.sh")), ids=lambda path: path.name)
def test_every_script_is_plain_sh(script: Path) -> None:
    """Debian's sh is dash: it refuses what only bash knows."""
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    checked = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
