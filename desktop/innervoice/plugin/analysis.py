"""Analysis: what a plugin contributes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from innervoice.plugin.context import Context
from innervoice.plugin.result import Result

API_VERSION = 1
"""The version of this interface; it grows by one whenever a plugin written for it might break."""

NEEDS = frozenset({"encode", "decode", "clips", "melodies", "performance"})
"""What an analysis may ask for: an encoder, a decoder, clips, a model of melodies, not bars, or one of performances."""


@dataclass(frozen=True)
class NoParameters:
    """For an analysis that has nothing to set."""


class Analysis(ABC):
    """One analysis: parameters in, result out.

    Attributes
    ----------
    id : str
        Lower-case letters, digits and hyphens, unique among all plugins ("sigma-ranking").
    title : str
        What the window calls it.
    summary : str
        One sentence that says what it answers.
    needs : frozenset of "encode", "decode", "clips", "melodies", "performance"
        What must be there before it can run; where it is not, the shell says why.
    Parameters : frozen dataclass
        What can be set, see `innervoice.plugin.parameters`.
    api : int
        The version of the interface that the analysis was written for.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    needs: ClassVar[frozenset[str]] = frozenset()
    Parameters: ClassVar[type[Any]] = NoParameters
    api: ClassVar[int] = API_VERSION

    @abstractmethod
    def run(self, context: Context, parameters: Any) -> Result:
        """Run the analysis.

        Parameters
        ----------
        context : Context
        parameters : an instance of ``Parameters``, checked

        Raises
        ------
        ValueError
            With one sentence for people, when there is no answer for this input.
        """
