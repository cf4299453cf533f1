"""The picture of a model of several voices: a small one of ours, for Magenta's are not at hand wherever this runs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

TRIO = Path(__file__).with_name("picture_trio.py")
TURNED = (0.4, 0.8, -0.6, 1.0, 0.5, 1.2)
"""Where its neurons stand."""


def install_trio(folder: Path) -> None:
    """Put the model of several voices into a folder as an installer would."""
    about = folder / "little_trio-1.0.dist-info"
    about.mkdir(parents=True)
    shutil.copy(TRIO, folder)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: little-trio\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[innervoice]\nlittle-trio = picture_trio\n", encoding="utf-8")


def voices(photographer: Any) -> None:
    """Take the upper part of the window with the model of several voices, and its neurons turned."""
    window, session, work = photographer.window, photographer.session, photographer.work
    while window.pages.count() > 1:
        window.pages.close_page(1)
    work.models.use("little-trio")
    photographer.until(lambda: session.model is not None and session.model.name == "little-trio")
    photographer.until(lambda: session.decoded is not None and work.decoder.settled)
    window.docks.show("neurons")
    before = session.decoded
    for neuron, value in enumerate(TURNED):
        session.set_neuron(neuron, value)
    photographer.until(lambda: session.decoded is not before and work.decoder.settled)
    photographer.rest()
    photographer.take("voices", window, 546)
