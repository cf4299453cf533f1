"""Build the wheel into dist/ (``make package``), and see that it is whole and asks for nothing that pip cannot resolve.

The wheel carries code, plugins, resources, the command, the desktop entry and the icon. It does not ask for Magenta,
whose pins cannot be resolved on today's Python; the adapter says so where it is wanted.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
NEVER = ("magenta", "note-seq", "vmo")
"""Packages that the wheel must not ask for."""


def main() -> int:
    """Build, look into what was built, and say where it is."""
    DIST.mkdir(exist_ok=True)
    for old in DIST.glob("*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)]
    built = subprocess.run(command, cwd=ROOT, check=False)
    if built.returncode:
        return built.returncode
    (wheel,) = DIST.glob("*.whl")
    wrong = faults(wheel)
    for sentence in wrong:
        print(f"package: {sentence}", file=sys.stderr)
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 1e6:.1f} MB; pip install {wheel.relative_to(ROOT)}")
    return 1 if wrong else 0


def faults(wheel: Path) -> list[str]:
    """Return what is wrong with a wheel, a sentence each."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        asked = Parser().parsestr(archive.read(metadata).decode("utf-8")).get_all("Requires-Dist") or []
    found = [f"It asks for {one}, which a wheel must not." for one in asked if one.lower().startswith(NEVER)]
    wanted = ("innervoice/cli/main.py", "innervoice_plugins/__init__.py", "innervoice/resources/help/start.md")
    return found + [f"It lacks {one}." for one in wanted if one not in names]


if __name__ == "__main__":
    sys.exit(main())
