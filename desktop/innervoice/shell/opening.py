"""What a path is: a score, a folder of scores, a study, a checkpoint, a soundfont.

Decided by names, on the worker thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from innervoice.shell.places import STUDY_SUFFIX
from innervoice.shell.words import said

SCORE_SUFFIXES = (".mid", ".midi", ".kar", ".musicxml", ".mxl", ".xml", ".abc", ".krn")
MODEL_SUFFIXES = (".tar", ".tgz", ".tar.gz", ".safetensors", ".ckpt", ".index", ".meta", ".zip")
MODEL_FILES = ("weights_manifest.json", "manifest.json", "config.json", "checkpoint")
FILES = {"study": (STUDY_SUFFIX,), "score": SCORE_SUFFIXES, "soundfont": (".sf2", ".sf3")}
"""What the name of a file ends with that is no checkpoint."""


@dataclass(frozen=True)
class Opened:
    """Paths by what they are; `strangers` are none of it, with the reason."""

    scores: tuple[Path, ...] = ()
    studies: tuple[Path, ...] = ()
    models: tuple[Path, ...] = ()
    soundfonts: tuple[Path, ...] = ()
    strangers: tuple[tuple[Path, str], ...] = ()


def sort_out(paths: Sequence[Path]) -> Opened:
    """Say what each path is; it reads names and folders, no contents."""
    found: dict[str, list[Path]] = {"score": [], "study": [], "model": [], "soundfont": []}
    strangers = []
    for path in paths:
        kind = kind_of(path)
        if kind in found:
            found[kind].append(path)
        else:
            strangers.append((path, kind))
    scores, studies, models, soundfonts = (tuple(found[kind]) for kind in ("score", "study", "model", "soundfont"))
    return Opened(scores, studies, models, soundfonts, tuple(strangers))


def kind_of(path: Path) -> str:
    """Return ``score``, ``study``, ``model`` or ``soundfont``; else a sentence that says what can be opened."""
    name = path.name.lower()
    if path.is_dir():
        return "model" if _holds_model(path) else "score"
    if name.endswith(MODEL_SUFFIXES) or ".ckpt" in name:
        return "model"
    if name in MODEL_FILES or (name.endswith(".json") and path.with_suffix(".safetensors").exists()):
        return "model"
    if not path.exists():
        return said("{name} does not exist; it may have been moved.").format(name=path.name)
    for kind, suffixes in FILES.items():
        if name.endswith(suffixes):
            return kind
    return said(
        "{name} is no score, study, model or soundfont; open MIDI, MusicXML, ABC or kern, a study, a checkpoint or a "
        "soundfont."
    ).format(name=path.name)


def _holds_model(folder: Path) -> bool:
    if any((folder / name).is_file() for name in MODEL_FILES):
        return True
    return next(folder.glob("*.ckpt*.index"), None) is not None or next(folder.glob("*.safetensors"), None) is not None
