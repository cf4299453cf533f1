"""The private Python environment of the Debian package: the pinned wheels and ours, without what is never run.

It is a virtual environment on the system's own python3, in a folder of its own, so that it neither meets nor disturbs
Debian's Python packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from pinned import LOCK, ROOT, needed, pinned

HOME = Path("usr/lib/innervoice")
LAUNCHER = """\
#!/usr/lib/innervoice/bin/python3
import sys

from innervoice.cli.main import main

sys.exit(main())
"""

UNUSED = (
    # What only a compiler or a builder of other programs reads.
    "tensorflow/include",
    "tensorflow/xla_aot_runtime_src",
    "**/*.pyi",
    "PySide6/include",
    "PySide6/typesystems",
    "PySide6/glue",
    "PySide6/doc",
    "PySide6/Qt/metatypes",
    "PySide6/Qt/libexec",
    # Qt's own tools, and Qt Quick: the window is made of widgets.
    *(f"PySide6/{tool}" for tool in ("assistant", "designer", "linguist", "lrelease", "lupdate", "svgtoqml")),
    "PySide6/qml*",
    "PySide6/libpyside6qml*",
    "PySide6/scripts",
    "PySide6/Qt/qml",
    *(f"PySide6/Qt*{part}*.so" for part in ("Qml", "Quick", "Designer", "UiTools")),
    *(
        f"PySide6/Qt/lib/libQt6*{part}*"
        for part in ("Qml", "Quick", "Designer", "Labs", "WaylandCompositor", "WaylandEglCompositor")
    ),
    *(f"PySide6/Qt/plugins/{kind}" for kind in ("designer", "qmllint", "qmltooling", "sqldrivers")),
    "PySide6/Qt/plugins/wayland-graphics-integration-server",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "PySide6/Qt/plugins/imageformats/libqpdf.so",
    "PySide6/Qt/plugins/imageformats/libqtiff.so",
    "PySide6/Qt/plugins/printsupport",
    "PySide6/Qt/plugins/platforms/libq[elmv]*.so",
    "PySide6/Qt/plugins/egldeviceintegrations",
    # The libraries' own tests and examples.
    *(f"{package}/**/tests" for package in ("numpy", "scipy", "h5py", "psutil", "joblib")),
    "pyqtgraph/examples",
    # Scores under licences of their own, some not for commerce; Innervoice reads the user's files, not these.
    "music21/corpus/*/",
    # The distribution's soundfont is played.
    "pretty_midi/*.sf2",
    # Written by the installer: commands, files of a desktop, caches.
    "bin",
    "share",
    "**/__pycache__",
    "*.dist-info/direct_url.json",
    ".lock",
)
"""Patterns under site-packages of what is left out."""

WITH_SYMBOLS = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
"""Libraries that come with their symbol tables, 250 MB in all. Others stay as auditwheel left them."""


def build(wheel: Path, stage: Path, work: Path) -> Path:
    """Build the environment below `stage`, as it will lie below /; return its site-packages.

    Raises
    ------
    subprocess.CalledProcessError
        When a package cannot be installed or stripped; the program has said why.
    """
    home = stage / HOME
    site = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    site.mkdir(parents=True)
    requirements = work / "requirements.txt"
    requirements.write_text(pinned(needed(), LOCK.read_text("utf-8")), encoding="utf-8")
    _install(site, "--require-hashes", "-r", str(requirements))
    _install(site, str(wheel))
    leave_out(site)
    for name in WITH_SYMBOLS:
        subprocess.run(["strip", "--strip-unneeded", str(site / name)], check=True)
    _as_environment(home)
    return site


def leave_out(site: Path) -> None:
    """Remove what is never run, and make the rest readable for all and writable for its owner alone."""
    for pattern in UNUSED:
        for path in list(site.glob(pattern)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    for path in site.rglob("*"):
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or _is_script(path) else 0o644)


def _is_script(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def _install(site: Path, *what: str) -> None:
    uv = ROOT / ".venv" / "bin" / "uv"
    command = [str(uv), "--quiet", "pip", "install", "--python", sys.executable, "--target", str(site)]
    # Copies: links would lead what is stripped and chmod'ed here into uv's own store.
    subprocess.run([*command, "--no-deps", "--link-mode", "copy", *what], check=True, cwd=ROOT)


def _as_environment(home: Path) -> None:
    """Make a folder a virtual environment, with the program's launcher."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (home / "pyvenv.cfg").write_text(
        f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {version}\n", encoding="utf-8"
    )
    (home / "bin").mkdir()
    (home / "bin" / "python3").symlink_to("../../../bin/python3")
    launcher = home / "bin" / "innervoice"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)
