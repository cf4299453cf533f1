"""Build the Debian package into dist/: the private environment, the launcher, and what a desktop and Debian look for.

It is for the Python that .venv is made of (for another: ``make clean``, then ``make package PYTHON=python3.12``), and
for this machine's architecture. Needs dpkg-deb, which every Debian and Ubuntu has, and strip (binutils).
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from debian_copyright import copyright_file
from man_page import man_page
from pinned import ROOT
from private_tree import HOME, build
from release_notes import Release
from system_libraries import PACKAGES

PARTS = ROOT / "packaging" / "debian"
SHARED = {
    "packaging/innervoice.desktop": "applications/innervoice.desktop",
    "packaging/innervoice.metainfo.xml": "metainfo/io.github.innervoice.Innervoice.metainfo.xml",
    "packaging/innervoice.mime.xml": "mime/packages/innervoice.xml",
    "resources/icons/innervoice.svg": "icons/hicolor/scalable/apps/io.github.innervoice.Innervoice.svg",
    "packaging/debian/innervoice.lintian-overrides": "lintian/overrides/innervoice",
}
"""Files of the checkout, and where they go below /usr/share."""

MAINTAINER = ("DEBFULLNAME", "The Innervoice authors"), ("DEBEMAIL", "innervoice@users.noreply.github.com")
LEVEL = "1"
"""How hard xz tries: a few per cent more would cost as many minutes."""


def debian_package(wheel: Path, version: str, release: Release, out: Path) -> Path:
    """Build the package and return where it is.

    Raises
    ------
    subprocess.CalledProcessError
        When a program that helps fails; it has said why.
    """
    work = ROOT / "build" / "debian"
    shutil.rmtree(work, ignore_errors=True)
    stage = work / "stage"
    stage.mkdir(parents=True)
    site = build(wheel, stage, work)
    now = _moment()
    _place_files(stage)
    _place_documents(stage, site, version, release, now)
    _write_control(stage, debian_version(version))
    os.environ["SOURCE_DATE_EPOCH"] = str(int(now.timestamp()))  # dpkg-deb lets no file be newer
    target = out / f"innervoice_{debian_version(version)}_{_architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{LEVEL}", "--build", str(stage), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(work)
    return target


def debian_version(version: str) -> str:
    """Return a version as Debian orders it: 0.2.0~dev0 comes before 0.2.0."""
    return version.replace(".dev", "~dev") + "-1"


def control(template: str, version: str, kilobytes: int) -> str:
    """Return the control file: what the package is called and asks for."""
    major, minor = sys.version_info[:2]
    values = {
        "VERSION": version,
        "ARCHITECTURE": _architecture(),
        "MAINTAINER": _maintainer(),
        "SIZE": str(kilobytes),
        "PYTHON": f"{major}.{minor}",
        "NEXT_PYTHON": f"{major}.{minor + 1}",
        "LIBRARIES": ", ".join([*PACKAGES.values(), "fonts-dejavu-core | fonts-freefont-ttf"]),
    }
    for name, value in values.items():
        template = template.replace(f"@{name}@", value)
    return template


def _maintainer() -> str:
    name, address = (os.environ.get(variable) or default for variable, default in MAINTAINER)
    return f"{name} <{address}>"


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return asked.stdout.strip()


def _moment() -> datetime:
    """Return when the last change was committed: the same sources, the same dates."""
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return datetime.fromtimestamp(int(asked.stdout), UTC) if asked.stdout.strip() else datetime.now(UTC)


def _place_files(stage: Path) -> None:
    for source, place in SHARED.items():
        target = stage / "usr" / "share" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, target)
    command = stage / "usr" / "bin" / "innervoice"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("..") / HOME.relative_to("usr") / "bin" / "innervoice")


def _place_documents(stage: Path, site: Path, version: str, release: Release, now: datetime) -> None:
    documents = stage / "usr" / "share" / "doc" / "innervoice"
    documents.mkdir(parents=True)
    head = (PARTS / "copyright").read_text("utf-8")
    (documents / "copyright").write_text(copyright_file(head, site, stage), encoding="utf-8")
    _pack(documents / "changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    _pack(documents / "changelog.Debian.gz", _debian_changelog(version, release, now))
    manual = stage / "usr" / "share" / "man" / "man1" / "innervoice.1.gz"
    manual.parent.mkdir(parents=True)
    _pack(manual, man_page(version, now.date()))


def _debian_changelog(version: str, release: Release, now: datetime) -> str:
    what = "New upstream version" if release.version else "A build of what is not released yet"
    return (
        f"innervoice ({debian_version(version)}) unstable; urgency=medium\n\n"
        f"  * {what};\n    /usr/share/doc/innervoice/changelog.gz tells what changed.\n\n"
        f" -- {_maintainer()}  {format_datetime(now)}\n"
    )


def _pack(path: Path, text: str) -> None:
    with path.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.encode())


def _write_control(stage: Path, version: str) -> None:
    files = [path for path in sorted(stage.rglob("*")) if path.is_file() and not path.is_symlink()]
    folder = stage / "DEBIAN"
    folder.mkdir()
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    (folder / "control").write_text(control((PARTS / "control").read_text("utf-8"), version, kilobytes), "utf-8")
    (folder / "md5sums").write_text("".join(f"{_md5(path)}  {path.relative_to(stage)}\n" for path in files), "utf-8")
    for script in ("postinst", "prerm"):
        shutil.copyfile(PARTS / script, folder / script)
        (folder / script).chmod(0o755)


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
