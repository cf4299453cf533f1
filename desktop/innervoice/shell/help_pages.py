"""The pages of the help: plain texts in ``resources/help``, one for each panel; which one belongs to a widget.

A page is Markdown. Its first line is the title; ``{file.open}`` stands for the keys of a command, as they are now.
Pictures lie in ``resources/help/pictures``; ``make pictures`` takes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from innervoice.resources import resource

START = "start"
DOCK = "dock."
PAGE_OF_CLASS = {
    "RollPanel": "roll",
    "LatentPanel": "strips",
    "HeatPanel": "heat-map",
    "StudyMapPage": "heat-map",
    "ResultPage": "results",
    "ModelPage": "models",
    "PathsPage": "paths",
    "SquarePage": "paths",
    "PerformancePage": "performance",
    "TrainingPage": "training",
    "MeasuringPage": "measuring",
    "NeuronPage": "neuron-card",
    "NeuronCard": "neuron-card",
    "ComparisonPage": "comparing",
    "ChannelPage": "noisy-channel",
    "ModelChooser": "models",
    "FigureView": "figures",
    "SettingsDialog": "settings",
    "ShortcutsDialog": "keys",
    "PaletteDialog": "keys",
    "StudyDialog": "study",
    "StatusBar": "messages",
    "RunsPanel": "results",
    "PluginsDialog": "plugins",
    "PluginPanelsPage": "plugins",
}
"""Pages of what is no dock, by the class of the widget or one of its bases."""
PAGE_OF_DOCK = {"clips": "study", "log": "messages", "card": "neuron-card", "going": "go-there", "help": START}
"""Pages of docks that are not called as their page."""
_KEYS = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
_TARGET = re.compile(r"\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
SNIPPET = 140


@dataclass(frozen=True)
class HelpPages:
    """The texts by their names.

    Attributes
    ----------
    texts : dict
        Markdown by the name of the page, which is the file's without its suffix.
    pictures : dict
        By their places in the pages, ``pictures/roll.png``: decoded, 8 bits a pixel, about 12 MB in all.
    """

    texts: dict[str, str]
    pictures: dict[str, QImage] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """Return a page's first line."""
        return self.texts[name].lstrip("# ").split("\n", 1)[0].strip()

    def text(self, name: str, keys: Callable[[str], str]) -> str:
        """Return a page's Markdown with the keys of commands in it.

        Parameters
        ----------
        keys : callable
            Gives the keys of a command by its id; empty when it has none.
        """
        return _KEYS.sub(lambda found: f"**{keys(found[1]) or 'no keys yet'}**", self.texts[name])

    def links(self, name: str) -> list[str]:
        """Return where a page's links lead: file names of other pages."""
        return _LINK.findall(self.texts[name])

    def shown(self, name: str) -> list[str]:
        """Return the places of a page's pictures."""
        return _PICTURE.findall(self.texts[name])

    def commands(self, name: str) -> list[str]:
        """Return the ids of the commands whose keys a page tells."""
        return _KEYS.findall(self.texts[name])

    def find(self, words: str) -> list[tuple[str, str]]:
        """Return the pages that hold all words, as (name, a line around the first of them); titles go first."""
        wanted = words.casefold().split()
        found = []
        for name, whole in self.texts.items():
            text = _PICTURE.sub("", whole)
            folded = text.casefold()
            if wanted and all(word in folded for word in wanted):
                in_title = all(word in self.title(name).casefold() for word in wanted)
                found.append((not in_title, name, _snippet(text, folded.index(wanted[0]))))
        return [(name, snippet) for _later, name, snippet in sorted(found)]


def read_pages() -> HelpPages:
    """Read every page and decode the pictures; on a worker thread."""
    files: list[Path] = sorted(resource("help").glob("*.md"))
    pictures = resource("help", "pictures").glob("*.png")
    return HelpPages(
        {file.stem: file.read_text(encoding="utf-8") for file in files},
        {f"pictures/{file.name}": QImage(str(file)) for file in pictures},
    )


def page_of(widget: QWidget | None) -> str:
    """Return the page for a widget: that of the nearest panel, page or dialog around it."""
    while widget is not None:
        if widget.objectName().startswith(DOCK):
            name = widget.objectName().removeprefix(DOCK)
            return PAGE_OF_DOCK.get(name, name)
        for kind in type(widget).__mro__:
            if kind.__name__ in PAGE_OF_CLASS:
                return PAGE_OF_CLASS[kind.__name__]
        widget = widget.parentWidget()
    return START


def own_page(widget: QWidget | None) -> str:
    """Return the page that the nearest widget around asks for by its `help_page`; empty when none does.

    Which page that is can hang on what the widget shows: a result asks for the page of its analysis.
    """
    while widget is not None:
        if name := getattr(widget, "help_page", ""):
            return str(name)
        widget = widget.parentWidget()
    return ""


def _snippet(text: str, place: int) -> str:
    begin = max(0, place - SNIPPET // 2)
    plain = _TARGET.sub("]", _KEYS.sub("", text[begin : begin + SNIPPET]))
    return " ".join(re.sub(r"[#*`\[\]|]", "", plain).split())
