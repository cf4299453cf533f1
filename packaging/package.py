"""Build the packages into dist/ (``make package``), and see that they are whole and work.

The wheel carries code, plugins, resources, the command, the desktop entry and the icon. It does not ask for Magenta,
whose pins cannot be resolved on today's Python; the adapter says so where it is wanted. The Debian package carries a
Python environment besides. Words on the command line are what to check: ``wheel`` installs the wheel with plain pip on
each Python that is found, ``debian`` installs the Debian package in a clean root (as root), ``none`` only builds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

from debian_package import debian_package
from release_notes import notes_of
from wheel_check import check_wheel

from innervoice import __version__

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
NEVER = ("magenta", "note-seq", "vmo")
"""Packages that the wheel must not ask for."""
CHECKS = ("wheel", "debian", "none")


def main(checks: list[str]) -> int:
    """Build, look into what was built, and say where it is."""
    if strange := set(checks) - set(CHECKS):
        print(
            f"package: no check is called {', '.join(sorted(strange))}; there are {', '.join(CHECKS)}", file=sys.stderr
        )
        return 2
    release = notes_of(__version__, (ROOT / "CHANGELOG.md").read_text("utf-8"))
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    wheel = build_wheel()
    wrong = faults(wheel)
    for sentence in wrong:
        print(f"package: {sentence}", file=sys.stderr)
    _say(wheel, f"pip install {wheel.relative_to(ROOT)}")
    (DIST / "RELEASE_NOTES.md").write_text(f"# Innervoice {__version__}\n\n{release.notes}\n", encoding="utf-8")
    debian = None
    if shutil.which("dpkg-deb") and shutil.which("strip"):
        debian = debian_package(wheel, __version__, release, DIST)
        _say(debian, f"sudo apt install ./{debian.relative_to(ROOT)}")
    else:
        print("No Debian package was built: it needs dpkg-deb and strip (sudo apt-get install -y dpkg binutils).")
    good = not wrong and ("wheel" not in checks or check_wheel(wheel))
    if "debian" in checks:
        good = debian is not None and check_debian(debian) and good
    return 0 if good else 1


def build_wheel() -> Path:
    """Build the wheel and return where it is."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def check_debian(debian: Path) -> bool:
    """Install a Debian package in a clean root, do the main job there, and take it out again."""
    command = ["sh", str(ROOT / "packaging" / "debian_check.sh"), str(debian)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def faults(wheel: Path) -> list[str]:
    """Return what is wrong with a wheel, a sentence each."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        asked = Parser().parsestr(archive.read(metadata).decode("utf-8")).get_all("Requires-Dist") or []
    found = [f"It asks for {one}, which a wheel must not." for one in asked if one.lower().startswith(NEVER)]
    wanted = ("innervoice/cli/main.py", "innervoice_plugins/__init__.py", "innervoice/resources/help/start.md")
    return found + [f"It lacks {one}." for one in wanted if one not in names]


def _say(package: Path, how: str) -> None:
    print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.1f} MB; {how}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["wheel"]))
