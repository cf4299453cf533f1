"""The picture of the page on which a model is trained: a small model of the bundled tunes, while it learns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TUNES = Path(__file__).resolve().parents[1] / "resources" / "tunes"
SMALL = {"steps": 400, "neurons": 64, "encoder": 64, "decoder": 64, "evaluate_every": 50}


def training(photographer: Any) -> None:
    """Train on the bundled tunes, take the picture on the way, and stop."""
    photographer.give("models.train")
    page: Any = photographer.window.pages.currentWidget()
    desk = photographer.work.training
    photographer.until(lambda: page.form.settings is not None)
    page.form.add_music(TUNES)
    page.form.settings.set_values(SMALL)
    photographer.until(page.start.isEnabled)
    page.start.click()
    photographer.until(lambda: len(desk.curves["held_out"]) > 3 and page.curves.settled)
    page.form.place.setText("~/.local/share/innervoice/models")
    photographer.take("training", page)
    desk.stop()
    photographer.until(lambda: not desk.running)
    photographer.rest()


def measuring(photographer: Any) -> None:
    """Measure the transformer on a few of the bundled tunes, and take the picture of what comes."""
    photographer.give("models.measure")
    page: Any = photographer.window.pages.currentWidget()
    photographer.until(lambda: page.model.count() > 0)
    page.music.take(TUNES)
    photographer.until(page.start.isEnabled)
    page.start.click()
    photographer.until(lambda: page.view is not None)
    photographer.rest()
    photographer.take("measuring", page, 560)
