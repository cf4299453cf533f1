"""A study for the length of one command, for the verbs that take files where they could take a study."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from innervoice.cli.console import Console, counted
from innervoice.cli.errors import CommandError, UsageError
from innervoice.cli.options import melody_rules
from innervoice.cli.verbs.importing import take
from innervoice.music.melody import CLIPS, MelodyRules
from innervoice.study.document import Study


def rules_of(model: Mapping[str, Any], arguments: Namespace) -> MelodyRules:
    """Return what files are cut into for a model, by the options of :func:`~innervoice.cli.options.add_cutting`.

    Raises
    ------
    CommandError
        When music is not cut into clips of the model's length.
    """
    if model["clip"] not in CLIPS:
        raise CommandError(
            f"{model['name']} reads clips of {model['clip']}, and music is cut into {' or '.join(CLIPS)} here; "
            "choose another model, or decode with this one"
        )
    return melody_rules(model["clip"], arguments)


@contextmanager
def study_of(
    study: Path | None, paths: Sequence[Path], rules: MelodyRules, console: Console, may_be_empty: bool = False
) -> Iterator[Path]:
    """Give the path of `study`, or of a temporary study that holds the clips of `paths`.

    What needs no clips may have neither (`may_be_empty`).

    Raises
    ------
    UsageError
        When both are given, or neither.
    CommandError, StudyError
        When there is no such study, or none of the files can be used.
    """
    neither = study is None and not paths
    if (neither and not may_be_empty) or (study is not None and paths):
        raise UsageError("give either music files or --study S")
    if study is not None:
        Study(study, create=False).close()
        yield study
        return
    with TemporaryDirectory(prefix="innervoice-") as folder:
        path = Path(folder) / "scratch.innervoice"
        with Study(path) as scratch:
            known = take(scratch, paths, rules, console).known if paths else 0
        if known:
            console.note(f"{counted(known, 'file')} left out: the same bytes as another")
        yield path
