"""The kinds of block that a card is laid out in; terminal, page and window each draw them in their own way."""

from __future__ import annotations

from dataclasses import dataclass

from innervoice.plugin.figures import Figure


@dataclass(frozen=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True)
class Points:
    """Sentences, one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A text of a table; a share is drawn as a bar besides."""

    text: str
    share: float | None = None


@dataclass(frozen=True)
class Rows:
    """A table; `right` of its last columns are set to the right, the first `own` of them are what it is about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: int = 0
    own: int = 0

    def is_own(self, column: int) -> bool:
        """Whether a column is what the table is about, not what stands beside it for comparison."""
        left = len(self.columns) - self.right
        return left <= column < left + self.own


@dataclass(frozen=True)
class Values:
    """Names with their values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Names:
    """A long list, shown on demand under its title."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """A command line, to be copied."""

    line: str


Block = Paragraph | Points | Rows | Values | Names | Command | Figure


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A model's card, laid out.

    Attributes
    ----------
    title : str
        The model's name.
    lead : str
        What it is, in a sentence.
    facts : tuple of (str, str)
        Its sizes and what it can do.
    sections : tuple of Section
        None is empty.
    """

    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
