"""`make package` refuses a wheel that is not whole, or that asks for what pip cannot resolve."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2] / "packaging" / "package.py"
GOOD = ("innervoice/cli/main.py", "innervoice_plugins/__init__.py", "innervoice/resources/help/start.md")


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(PATH.parent))
    spec = importlib.util.spec_from_file_location("package_program", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wheel(folder: Path, files: tuple[str, ...], *asked: str) -> Path:
    path = folder / "innervoice-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name in files:
            archive.writestr(name, "")
        lines = "".join(f"Requires-Dist: {one}\n" for one in asked)
        archive.writestr("innervoice-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: innervoice\n{lines}")
    return path


def test_a_whole_wheel_is_good(package: Any, tmp_path: Path) -> None:
    assert package.faults(wheel(tmp_path, GOOD, "numpy>=1", "keras")) == []


def test_a_check_that_is_not_there_is_refused(package: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["debain"]) == 2
    assert "no check is called debain; there are wheel, debian, none" in capsys.readouterr().err


def test_a_python_is_found_by_its_version_or_said_to_be_absent(package: Any, tmp_path: Path) -> None:
    from wheel_check import find_python

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found = find_python(version)
    assert found is not None
    asked = [str(found), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == version
    assert find_python("3.99") is None


def test_what_is_lacking_or_too_much_is_said(package: Any, tmp_path: Path) -> None:
    said = package.faults(wheel(tmp_path, GOOD[:2], "magenta==2.1.4", "numpy"))
    assert said == [
        "It asks for magenta==2.1.4, which a wheel must not.",
        "It lacks innervoice/resources/help/start.md.",
    ]
