"""Files that only a plugin reads, on the command line: they become MIDI files in the user's data folder."""

from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_data_path

from innervoice.cli.console import Console
from innervoice.cli.errors import CommandError
from innervoice.music.reading import SUFFIXES


def readable(paths: Sequence[Path], console: Console) -> list[Path]:
    """Return the paths, with a MIDI file in the place of each file that a plugin reads; the others stay as they are.

    Plugins are loaded only when there is such a file.
    """
    strange = [path for path in paths if path.is_file() and path.suffix.lower() not in SUFFIXES]
    if not strange:
        return list(paths)
    from innervoice.engine.converting import convert_one, importer_of
    from innervoice.engine.errors import EngineError
    from innervoice.host.loading import load_plugins

    plugins, chosen = load_plugins(), []
    folder = user_data_path("innervoice", appauthor=False) / "converted"
    for path in paths:
        if path not in strange or importer_of(plugins.importers.values(), path) is None:
            chosen.append(path)
            continue
        folder.mkdir(parents=True, exist_ok=True)
        try:
            chosen.append(convert_one(plugins, path, folder))
        except EngineError as error:
            if len(paths) == 1:
                raise CommandError(str(error)) from error
            console.note(f"left out: {error}")
    return chosen
