"""Both themes can be read: contrast as WCAG 2.2 counts it."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from innervoice.shell.theme import Theme, apply, contrast, palette

THEMES = [pytest.param(Theme(dark), id=Theme(dark).name) for dark in (False, True)]


@pytest.mark.parametrize(("first", "second", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_the_guideline(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_can_be_read(theme: Theme) -> None:
    colours = theme.colours
    grounds = (colours.window, colours.surface, colours.raised, colours.stripe, colours.field, colours.field_stripe)
    for name in ("text", "muted", "accent", "cut", "good", "warning", "danger", "selection"):
        for ground in grounds:
            assert contrast(getattr(colours, name), ground) >= 4.5, f"{name} on {ground}"
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_marks_in_plots_can_be_seen(theme: Theme) -> None:
    colours = theme.colours
    for mark in (colours.original, colours.noise, colours.playhead, *colours.series):
        assert contrast(mark, colours.surface) >= 3.0, mark


@pytest.mark.parametrize("theme", THEMES)
def test_palette_pairs_can_be_read(theme: Theme) -> None:
    role, made = QPalette.ColorRole, palette(theme)
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
        (role.LinkVisited, role.Base),
    ]
    for text, ground in pairs:
        assert contrast(made.color(text).name(), made.color(ground).name()) >= 4.5, (text, ground)


def test_apply_gives_the_program_its_palette(qapp: QApplication) -> None:
    before, sheet = qapp.palette(), qapp.styleSheet()
    apply(qapp, Theme(dark=True))
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == Theme(dark=True).colours.window
    apply(qapp, Theme(dark=False))
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == Theme(dark=False).colours.window
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)
