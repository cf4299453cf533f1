"""The checkpoints that are there, as models to be listed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

from innervoice.plugin import ModelHandle, ModelSource
from innervoice_plugins.magenta_music.checkpoint import sizes_of
from innervoice_plugins.magenta_music.configurations import CONFIGURATIONS, Configuration
from innervoice_plugins.magenta_music.trained import MagentaModel

FOLDER = "INNERVOICE_MAGENTA"


def magenta_folder() -> Path:
    """Return the folder that holds a folder for each configuration."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else user_data_path("innervoice", appauthor=False) / "magenta"


def opened(configuration: Configuration, folder: Path) -> MagentaModel:
    """Return a checkpoint's model; the last one stays open, since Magenta takes half a minute over some."""
    files = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*") if path.is_file()))
    return _opened(configuration, folder, files)


@lru_cache(maxsize=1)
def _opened(configuration: Configuration, folder: Path, _files: tuple[tuple[str, int], ...]) -> MagentaModel:
    return MagentaModel(configuration, folder)


class MagentaSource(ModelSource):
    """One checkpoint of one configuration."""

    kind = "magenta"
    suffixes = (".mid", ".midi")
    draws = False

    def __init__(self, configuration: Configuration, folder: Path) -> None:
        self._configuration, self._folder = configuration, folder
        one = configuration
        self.id = "magenta-" + one.name.replace("_", "-").lower()  # type: ignore[misc]  # each instance its own
        self.summary = f"Magenta's {one.name}: {one.music}, run by Magenta itself."  # type: ignore[misc]
        self.neurons, self.steps, self.width = _neurons(one, folder), one.steps, one.width  # type: ignore[misc]
        self.clip, self.music, self.voices = one.clip, one.music, one.voices  # type: ignore[misc]

    def open(self) -> ModelHandle:
        """Load the checkpoint with Magenta."""
        return opened(self._configuration, self._folder)


def _neurons(configuration: Configuration, folder: Path) -> int:
    """Return how many neurons a checkpoint has; where its sizes cannot be read, opening it says so."""
    try:
        return int(sizes_of(folder).get("z_size", configuration.neurons))
    except (ValueError, TypeError):
        return configuration.neurons


def found_sources() -> Iterator[MagentaSource]:
    """Yield a source for every configuration whose folder holds a checkpoint."""
    for name, configuration in CONFIGURATIONS.items():
        folder = magenta_folder() / name
        if folder.is_dir() and any(folder.glob("*.index")):
            yield MagentaSource(configuration, folder)
