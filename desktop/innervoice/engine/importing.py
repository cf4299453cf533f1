"""Taking files and folders into a study; free of the framework, so the window and the command line call it too."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from os import PathLike
from pathlib import Path
from time import monotonic

from innervoice.engine.errors import EngineError
from innervoice.music.bar_clips import extract_bars
from innervoice.music.bar_words import FRAME_STEPS
from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.melody import Extraction, MelodyRules, extract_melodies
from innervoice.music.reading import find_scores, read_bytes, read_score
from innervoice.music.score import Score
from innervoice.study.document import Study

BATCH_SECONDS = 0.5
BATCH_FILES = 32
"""What has been read is written after so much time or so many files: a kill loses no more than that."""


@dataclass
class ImportReport:
    """What an import did: files taken, files that were there already, clips, ids of the scores, and what was refused.

    `rejected` holds a path and a sentence for each file that gave nothing.
    """

    taken: int = 0
    known: int = 0
    clips: int = 0
    score_ids: list[int] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


def import_paths(
    study: Study,
    paths: Iterable[str | PathLike[str]],
    rules: MelodyRules | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: threading.Event | None = None,
    limits: Limits | None = None,
) -> ImportReport:
    """Read scores, extract their clips and put them into a study.

    Broken files are listed, the good ones taken. A file that is there already (same bytes, same rules) is
    passed over, so an import that was killed is simply started again; other rules add the clips that are lacking. So is
    one that gave no clip, with the reason that is known.

    Parameters
    ----------
    study : Study
    paths : iterable of path
        Files and folders.
    rules : MelodyRules, optional
        What counts as a melody; `rules.clip` is the kind of clip.
    progress : callable, optional
        Called with files done, files in all, and the name of the file at hand.
    cancelled : threading.Event, optional
        Set it to stop; what has been read until then is kept.
    limits : Limits, optional

    Raises
    ------
    EngineError
        With ``cancelled=True`` when it was stopped.
    StudyError
        When the study cannot be written.
    """
    chosen, bounds, report = rules or MelodyRules(), limits or Limits(), ImportReport()
    files = list(_files(paths, report))
    read = _Read()
    written = monotonic()
    for done, path in enumerate(files):
        if cancelled is not None and cancelled.is_set():
            _write(study, read, chosen, report)
            raise EngineError(f"Cancelled (import): {report.taken} of {len(files)} files were taken.", cancelled=True)
        if progress is not None:
            progress(done, len(files), path.name)
        _read(study, path, chosen, bounds, report, read)
        if len(read) >= BATCH_FILES or monotonic() - written > BATCH_SECONDS:
            _write(study, read, chosen, report)
            written = monotonic()
    _write(study, read, chosen, report)
    if progress is not None:
        progress(len(files), len(files), "")
    return report


def _files(paths: Iterable[str | PathLike[str]], report: ImportReport) -> Iterable[Path]:
    """All files to read; a name that does not exist is one of the rejected, not the end of the import."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from find_scores([path])
        elif path.exists():
            yield path
        else:
            report.rejected.append((str(path), f"{path.name} does not exist; check its name."))


@dataclass
class _Read:
    """What has been read and not yet written: scores with their clips, and files without (sha256, reason)."""

    scores: list[tuple[Path, Score, Extraction]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.scores) + len(self.refused)

    def clear(self) -> None:
        self.scores.clear()
        self.refused.clear()


def _read(study: Study, path: Path, rules: MelodyRules, limits: Limits, report: ImportReport, read: _Read) -> None:
    try:
        sha256 = hashlib.sha256(read_bytes(path, limits)).hexdigest()
    except MusicError as error:
        report.rejected.append((str(path), str(error)))
        return
    if study.has_score(sha256, rules.clip, rules_text(rules)):
        report.known += 1
    elif (reason := study.refusal(sha256, rules.clip, rules_text(rules))) is not None:
        report.rejected.append((str(path), path.name + reason))
    elif sentence := _extract(path, rules, limits, read):
        report.rejected.append((str(path), sentence))
        # The same bytes may have another name next time.
        reason = sentence.removeprefix(path.name) if sentence.startswith(path.name) else f": {sentence}"
        read.refused.append((sha256, reason))


def _extract(path: Path, rules: MelodyRules, limits: Limits, read: _Read) -> str:
    """Read a file and take its clips; gives the reason when there are none."""
    try:
        score = read_score(path, limits)
        bars = rules.clip in FRAME_STEPS
        extraction = extract_bars(score, limits, rules.steps) if bars else extract_melodies(score, rules, limits)
    except MusicError as error:
        return str(error)
    if not len(extraction.clips):
        return _why_nothing(path, extraction)
    read.scores.append((path, score, extraction))
    return ""


def _why_nothing(path: Path, extraction: Extraction) -> str:
    reasons = list(dict.fromkeys(item.reason for item in extraction.rejected))
    return f"{path.name} gave no clip ({'; '.join(reasons[:3]) or 'nothing in it is a melody'})."


def _write(study: Study, read: _Read, rules: MelodyRules, report: ImportReport) -> None:
    """Put what has been read into the study, in one transaction."""
    with study.transaction():
        for sha256, reason in read.refused:
            study.refuse(sha256, rules.clip, rules_text(rules), reason)
        for path, score, extraction in read.scores:
            before = study.clip_count()
            score_id = study.add_score(
                path.name,
                str(path.resolve()),
                score.sha256,
                extraction.clips,
                rules.clip,
                extraction.rejected,
                rules_text(rules),
            )
            report.score_ids.append(score_id)
            report.taken += 1
            report.clips += study.clip_count() - before
    read.clear()


def rules_text(rules: MelodyRules) -> str:
    """The rules as text, the same for the same rules."""
    if rules.clip in FRAME_STEPS:
        return json.dumps({"clip": rules.clip})  # whatever else is set, bars are taken as they are
    return json.dumps(asdict(rules), sort_keys=True, default=sorted)
