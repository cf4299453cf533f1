"""The two looks of the program, light and dark: one palette for widgets and plots, checked for contrast.

One accent says "decoded" and "music neuron"; what was there before (the original, the noise neurons) is neutral grey.
The hues are far apart for the three common kinds of colour blindness, and no plot relies on hue alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

SYSTEM_POINTS = "innervoice.system_points"
"""The application's property that keeps the system's text size."""


@dataclass(frozen=True)
class Colours:
    """The named colours of one theme, as ``#rrggbb``."""

    window: str  # behind panels
    surface: str  # behind plots
    field: str  # behind lists, tables and what is typed; in the dark lighter than the window, for Fusion draws no edge
    raised: str  # buttons, headers
    border: str
    text: str
    muted: str  # secondary text; still readable
    field_stripe: str  # alternate rows of lists and tables
    grid: str  # hairlines inside plots
    stripe: str  # the rows of the black keys
    accent: str  # decoded notes, music neurons, focus
    on_accent: str  # text on the accent
    original: str  # outline of the original notes
    noise: str  # noise neurons
    cut: str  # the line between music and noise neurons
    selection: str  # the selected neuron, clip or mark
    playhead: str
    good: str
    warning: str
    danger: str
    series: tuple[str, ...]  # overlaid data sets, in this order


LIGHT = Colours(
    window="#f3f4f6",
    surface="#ffffff",
    field="#ffffff",
    raised="#fafbfc",
    border="#cdd3da",
    text="#1b2027",
    muted="#58626e",
    field_stripe="#f3f5f8",
    grid="#e1e5ea",
    stripe="#f3f5f8",
    accent="#1667c0",
    on_accent="#ffffff",
    original="#4a535e",
    noise="#737d89",
    cut="#b8401e",
    selection="#8a5a00",
    playhead="#b8401e",
    good="#1c7548",
    warning="#8a5a00",
    danger="#b3261e",
    series=("#1667c0", "#b8401e", "#0b7a66", "#8445a8", "#8a5a00", "#58626e"),
)

DARK = Colours(
    window="#1d2025",
    surface="#16181c",
    field="#262a31",
    raised="#282c33",
    border="#3c424b",
    text="#e7eaee",
    muted="#a3adb9",
    field_stripe="#2c3138",
    grid="#2a2e35",
    stripe="#1c1f24",
    accent="#5aa9f5",
    on_accent="#0d1013",
    original="#c3cad3",
    noise="#8b95a1",
    cut="#ff8a65",
    selection="#f2c14e",
    playhead="#ff8a65",
    good="#63c795",
    warning="#f2c14e",
    danger="#ff8f86",
    series=("#5aa9f5", "#ff8a65", "#4fc9b0", "#c596e6", "#f2c14e", "#a3adb9"),
)


@dataclass(frozen=True)
class Theme:
    """Which look is on.

    Parameters
    ----------
    dark : bool
        Light text on dark ground, or the other way round.
    """

    dark: bool = False

    @property
    def colours(self) -> Colours:
        """The named colours of this theme."""
        return DARK if self.dark else LIGHT

    @property
    def name(self) -> str:
        """``"dark"`` or ``"light"``: what settings store."""
        return "dark" if self.dark else "light"


def contrast(first: str, second: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours, 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shown = QColor(colour)
    return 0.2126 * _linear(shown.redF()) + 0.7152 * _linear(shown.greenF()) + 0.0722 * _linear(shown.blueF())


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, disabled state included."""
    colours, result, role = theme.colours, QPalette(), QPalette.ColorRole
    roles = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.field,
        role.AlternateBase: colours.field_stripe,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.BrightText: colours.danger,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.series[3],
        role.Light: colours.raised,
        role.Midlight: colours.grid,
        role.Mid: colours.border,
        role.Dark: colours.noise,
        role.Shadow: "#000000",
    }
    for name, colour in roles.items():
        result.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.noise))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    return result


def apply(app: QApplication, theme: Theme, text_percent: int = 100) -> None:
    """Give the whole program a theme's palette.

    The rules that a palette cannot say are put on part by part, see `Dressing`; plots take their colours with
    ``set_theme``, because pyqtgraph knows no palette.

    Parameters
    ----------
    text_percent : int
        The size of the text in percent of the system's.
    """
    # Each of these has every widget dressed anew, so what stands already is left alone.
    if app.property(SYSTEM_POINTS) is None:
        app.setStyle("Fusion")
        app.setProperty(SYSTEM_POINTS, app.font().pointSizeF())
    font = app.font()
    points = float(app.property(SYSTEM_POINTS)) * text_percent / 100
    if font.pointSizeF() != points:
        font.setPointSizeF(points)
        app.setFont(font)
        app.setFont(font, "QDockWidgetTitle")  # type: ignore[arg-type]  # Qt keeps one for these; it takes no bytes
    colours = palette(theme)
    app.setPalette(colours)
    QToolTip.setPalette(colours)
