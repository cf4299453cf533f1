"""A model that a plugin brings: light to list, heavy only once it is opened."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from innervoice.plugin.analysis import API_VERSION
from innervoice.plugin.context import ModelHandle

MELODIES = "melodies"


class ModelSource(ABC):
    """Describes a model, and opens it; the engine calls `open` and all that it gives on its one model thread.

    Attributes
    ----------
    id : str
        What people type after ``--model``: lower-case letters, digits and hyphens, unique among all models.
    summary : str
        One sentence that says what it is.
    kind : str
        The architecture, such as "musicvae".
    neurons, steps : int
        Latent dimensions; steps of a clip.
    clip : str
        Clip length in words: "2bar", "16bar".
    music : str
        "melodies" when `encode` reads and `decode` gives melody tokens, so that a study's clips can be encoded and all
        analyses run; else what a clip is ("drum patterns"): then `open` returns a `NotesHandle`, and what it decodes is
        seen on the roll, heard and turned.
    width : int
        How many numbers a clip has, where they are not one for each step; 0 where they are.
    voices : tuple of str
        What the voices are called, by the `instrument` of their notes; of melodies nothing is said.
    suffixes : tuple of str
        Kinds of file that `clips` of its handle reads; () for none. Only for other music than melodies.
    draws : bool
        Whether `decode` takes a temperature above 0.
    can_encode, can_decode : bool
    reason : str
        Why it cannot encode; "" where it can.
    api : int
        The version of the interface that it was written for.
    """

    id: ClassVar[str]
    summary: ClassVar[str]
    kind: ClassVar[str]
    neurons: ClassVar[int]
    steps: ClassVar[int]
    clip: ClassVar[str] = "2bar"
    music: ClassVar[str] = MELODIES
    width: ClassVar[int] = 0
    voices: ClassVar[tuple[str, ...]] = ()
    suffixes: ClassVar[tuple[str, ...]] = ()
    draws: ClassVar[bool] = True
    can_encode: ClassVar[bool] = True
    can_decode: ClassVar[bool] = True
    reason: ClassVar[str] = ""
    api: ClassVar[int] = API_VERSION

    @abstractmethod
    def open(self) -> ModelHandle:
        """Load the weights and return what encodes and decodes with them.

        Raises
        ------
        ValueError
            With one sentence for people, when it cannot be opened here (a framework or weights that are missing).
        """
