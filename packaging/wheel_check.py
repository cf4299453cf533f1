"""See that the wheel installs with plain pip on every Python that it is for, and does the main job there.

Nothing of the make environment is used: an empty environment of each Python, ``pip install WHEEL``, ``pip check``, and
packaging/main_job.sh. A wheel that was seen to work on a Python is not tried there again: build/wheel-checks keeps its
hash.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEN = ROOT / "build" / "wheel-checks"
VERSIONS = ("3.11", "3.12", "3.13")
TUNE = ROOT / "resources" / "tunes" / "twinkle.mid"


def check_wheel(wheel: Path, versions: tuple[str, ...] = VERSIONS) -> bool:
    """Try a wheel on each Python that is found; say which worked, which did not and which were not there."""
    good = True
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for version in versions:
        seen = SEEN / version
        python = find_python(version)
        if python is None:
            print(f"Python {version}: not found on this machine, so the wheel was not tried on it.")
        elif seen.is_file() and seen.read_text("utf-8") == digest:
            print(f"Python {version}: this very wheel was seen to work before.")
        else:
            began = time.monotonic()
            works = _works(python, wheel)
            good = good and works
            said = "works" if works else "FAILS"
            print(f"Python {version}: {said} after {time.monotonic() - began:.0f} s.", flush=True)
            if works:
                SEEN.mkdir(parents=True, exist_ok=True)
                seen.write_text(digest, encoding="utf-8")
    return good


def find_python(version: str) -> Path | None:
    """Return a Python of this version that can make environments: from the PATH, or one of pyenv's."""
    named = shutil.which(f"python{version}")
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    candidates = [Path(named)] if named else []
    candidates += [folder / "bin" / "python" for folder in sorted(pyenv.glob(f"{version}*"))]
    wanted = f"import sys, ensurepip, venv; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    for python in candidates:  # a version manager's shim exists and may still not run
        if subprocess.run([str(python), "-c", wanted], capture_output=True, check=False).returncode == 0:
            return python
    return None


def _works(python: Path, wheel: Path) -> bool:
    """Install a wheel into an empty environment and do the main job with it; what was made is removed again."""
    with tempfile.TemporaryDirectory(prefix="wheel-", dir=os.environ.get("TMPDIR")) as made:
        folder = Path(made)
        environment = folder / "environment"
        pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        command = environment / "bin" / "innervoice"
        steps = (
            [str(python), "-m", "venv", str(environment)],
            [*pip, "install", "--quiet", "--no-compile", str(wheel)],
            [*pip, "check"],
            ["sh", str(ROOT / "packaging" / "main_job.sh"), str(command), str(TUNE), str(folder / "job")],
        )
        return all(_done(step, folder) for step in steps)


def _done(step: list[str], folder: Path) -> bool:
    """Take a step away from the checkout; what it said is shown when it fails."""
    ended = subprocess.run(step, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        print(f"{' '.join(step)} failed:\n{ended.stdout[-2000:]}{ended.stderr[-4000:]}", file=sys.stderr)
    return ended.returncode == 0
