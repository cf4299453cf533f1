"""The rules between the rooms hold: import-linter's contracts, run as part of the tests."""

import subprocess
import sys
from pathlib import Path

import innervoice

ROOT = Path(__file__).parents[2]


def test_every_contract_is_kept() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    lint = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout + lint.stderr
    assert "0 broken" in lint.stdout, lint.stdout


def test_only_the_package_itself_is_at_the_walls() -> None:
    """What the contracts read is what we ship: the checkout's package, not an older installed copy."""
    assert Path(innervoice.__file__).is_relative_to(ROOT / "desktop")


def test_no_folder_shadows_a_library() -> None:
    shadows = [path for path in (ROOT / "packaging", ROOT / "tests") if (path / "__init__.py").exists()]
    assert not shadows
