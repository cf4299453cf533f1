"""Print the Debian packages whose libraries cannot be loaded here; nothing when all are there.

Loading is the only question that counts: a library may come from the distribution, a Conda environment or a hand
build. The package names are the same on Debian 12 and on Ubuntu (where ``libglib2.0-0`` is provided by its successor).
"""

import ctypes
import sys
from pathlib import Path

PACKAGES = {
    # Sound.
    "libfluidsynth.so.3": "libfluidsynth3",
    # Qt itself.
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    # Qt's xcb plugin: a window on X11.
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # Qt's Wayland plugin.
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


def loads(library: str) -> bool:
    """Whether the dynamic loader finds the library and everything the library needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is any outline font: without one Qt draws empty boxes."""
    return any(next(folder.rglob(kind), None) for folder in FONT_FOLDERS for kind in ("*.ttf", "*.otf"))


def missing_packages() -> list[str]:
    """Names of the packages to install, in the order of the table."""
    packages = [package for library, package in PACKAGES.items() if not loads(library)]
    return packages if has_font() else [*packages, "fonts-dejavu-core"]


if __name__ == "__main__" and sys.platform == "linux":
    sys.stdout.write(" ".join(missing_packages()))
