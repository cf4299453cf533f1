"""The wheel is whole: code, plugins, resources, entry points and what a desktop looks for."""

import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import innervoice
from innervoice.resources import ResourceError, resource, resource_dir

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built here without a network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def _metadata(wheel: zipfile.ZipFile, name: str) -> str:
    return wheel.read(f"innervoice-{innervoice.__version__}.dist-info/{name}").decode("utf-8")


def test_it_carries_every_source_file(wheel: zipfile.ZipFile) -> None:
    rooms = (ROOT / "desktop", ROOT / "plugins")
    sources = {path.relative_to(room).as_posix() for room in rooms for path in room.rglob("*.py")}
    assert sources <= set(wheel.namelist())


def test_it_carries_the_resources(wheel: zipfile.ZipFile) -> None:
    resources = {path.relative_to(ROOT).as_posix() for path in resource_dir().rglob("*") if path.is_file()}
    assert resources
    assert {f"innervoice/{name}" for name in resources} <= set(wheel.namelist())


def test_it_registers_command_and_plugins(wheel: zipfile.ZipFile) -> None:
    points = _metadata(wheel, "entry_points.txt")
    assert "innervoice = innervoice.cli.main:main" in points
    for plugin in (ROOT / "plugins" / "innervoice_plugins").iterdir():
        if (plugin / "__init__.py").is_file():
            name = plugin.name
            assert f"{name.replace('_', '-')} = innervoice_plugins.{name}" in points


def test_it_requires_no_magenta(wheel: zipfile.ZipFile) -> None:
    """Magenta's pins cannot be resolved on today's Python: a wheel that asked for it could not be installed."""
    required = Parser().parsestr(_metadata(wheel, "METADATA")).get_all("Requires-Dist") or []
    assert required
    assert not [line for line in required if line.startswith(("magenta", "note-seq", "note_seq", "tf-keras"))]


def test_it_shows_up_on_a_desktop(wheel: zipfile.ZipFile) -> None:
    shared = {name.split(".data/data/")[1] for name in wheel.namelist() if ".data/data/" in name}
    assert shared == {
        "share/applications/innervoice.desktop",
        "share/metainfo/innervoice.metainfo.xml",
        "share/mime/packages/innervoice.xml",
        "share/icons/hicolor/scalable/apps/io.github.innervoice.Innervoice.svg",
    }


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(ResourceError, match=r"tunes/no such tune\.mid is missing"):
        resource("tunes", "no such tune.mid")
