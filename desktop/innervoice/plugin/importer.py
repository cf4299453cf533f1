"""A kind of music file that a plugin can read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from numpy.typing import NDArray

from innervoice.plugin.analysis import API_VERSION


class Importer(ABC):
    """Reads files of a kind that Innervoice does not; it is handed their bytes and opens nothing itself.

    Attributes
    ----------
    id : str
        Lower-case letters, digits and hyphens, unique among all importers.
    title : str
        What the files are called: "Tiny melodies".
    suffixes : tuple of str
        With the dot, in lower case; none that Innervoice reads itself.
    api : int
        The version of the interface that it was written for.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    api: ClassVar[int] = API_VERSION

    @abstractmethod
    def read(self, data: bytes, name: str) -> NDArray[Any]:
        """Read one file.

        Parameters
        ----------
        data : bytes
            The whole file; larger ones than Innervoice allows are refused before.
        name : str
            The file's name, for errors.

        Returns
        -------
        ndarray of `NOTE` [notes]
            Times in quarters and in seconds, pitch and velocity, as `notes_at_tempo` fills them in. They are checked,
            and refused as a damaged file's are.

        Raises
        ------
        ValueError
            With one sentence that names the file, when it is damaged.
        """
