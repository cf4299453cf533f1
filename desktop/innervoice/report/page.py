"""A study as one self-contained page: tunes, models, each run with all that makes it again, neurons, marks, methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from innervoice.music.files import atomic_write
from innervoice.plugin.errors import ResultError
from innervoice.plugin.packing import unpack
from innervoice.report.html import page, section
from innervoice.report.methods import methods_of
from innervoice.report.models_section import models_section, models_used
from innervoice.report.music_sections import bookmarks_section, firing_section, tunes_section
from innervoice.report.room import Room
from innervoice.report.run_article import run_article, run_title
from innervoice.report.sound import Sounds
from innervoice.study.document import Study
from innervoice.study.errors import StudyError
from innervoice.study.runs import RunRow

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Wishes:
    """What a report is to hold besides the study itself.

    Attributes
    ----------
    runs : tuple of int, or None
        Ids of the runs; None for all.
    sound : bool
        Whether clips can be heard in the page, where FluidSynth is there.
    models : mapping
        Entries of the catalogue with their cards, by sha256; a model that is not there is named alone.
    analyses : mapping
        What each analysis answers, in a sentence, by id.
    """

    runs: tuple[int, ...] | None = None
    sound: bool = False
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    analyses: Mapping[str, str] = field(default_factory=dict)


def study_page(study_path: str | Path, out: str | Path, wishes: Wishes | None = None, tell: Tell | None = None) -> Path:
    """Write the page of a study.

    Parameters
    ----------
    study_path : path
        An existing study.
    out : path
        The HTML file; an existing one is replaced as a whole.
    wishes : Wishes, optional
    tell : callable, optional
        Told (done, total, text) between the parts; it may raise to stop.

    Returns
    -------
    Path
        Of the page.

    Raises
    ------
    StudyError
        When the study is absent or cannot be read, or has no run of a wanted id.
    OSError
        When the page cannot be written.
    """
    source, target = Path(study_path), Path(out)
    with Study.open(source, create=False) as study:
        data = _Page(study, wishes or Wishes(), tell or (lambda _done, _total, _text: None)).whole()
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, data)
    return target


class _Page:
    """One page in the making: what it may hold, and its parts in their order."""

    def __init__(self, study: Study, wishes: Wishes, tell: Tell) -> None:
        self._study, self._wishes, self._tell = study, wishes, tell
        self._every = study.runs()
        self._runs = _chosen(study, self._every, wishes.runs)
        self._room, self._sounds = Room(), Sounds(wishes.sound)

    def whole(self) -> bytes:
        """Return the page."""
        study, models = self._study, models_used(self._runs)
        parts = {
            "about": self._about(),
            "models": models_section(study, models, self._wishes.models),
            "runs": self._articles(),
            "neurons": firing_section(study, models, self._sounds),
            "tunes": tunes_section(study, self._sounds),
            "bookmarks": bookmarks_section(study, self._sounds),
            "methods": self._methods(),
        }
        parts["left-out"] = self._left_out()
        body = [part for part in parts.values() if part]
        contents = self._contents([name for name, part in parts.items() if part])
        return page(self._study.path.stem, self._lead(), [contents, *body])

    def _lead(self) -> str:
        scores = self._study.scores()
        runs = count(len(self._every), "run")
        if len(self._runs) < len(self._every):
            runs = f"{len(self._runs)} of {runs}"
        return f"{count(len(scores), 'tune')}, {count(sum(score.clips for score in scores), 'clip')}, {runs}"

    def _contents(self, parts: Sequence[str]) -> str:
        items = []
        for name in parts:
            items.append(f'<li><a href="#{name}">{TITLES[name]}</a></li>')
            if name == "runs":
                items += [f'<li><a href="#run-{run.id}">{escape(run_title(run))}</a></li>' for run in self._runs]
        return '<nav aria-label="Contents">\n<h2>Contents</h2>\n<ul>\n' + "\n".join(items) + "\n</ul>\n</nav>"

    def _about(self) -> str:
        marks = len(self._study.bookmarks())
        states = [run.state for run in self._runs]
        told = [f"{states.count(state)} {state}" for state in dict.fromkeys(states)]
        kinds = ", ".join(dict.fromkeys(score.kind for score in self._study.scores()))
        sentences = [
            f"The study {self._study.path.name} holds {self._lead()} and {count(marks, 'bookmark')}.",
            f"Its clips are of {kinds}." if kinds else "",
            f"Of its runs these are told: {', '.join(told)}." if told else "",
        ]
        return section(TITLES["about"], [f"<p>{escape(' '.join(filter(None, sentences)))}</p>"], "about")

    def _articles(self) -> str:
        if not self._runs:
            return section(TITLES["runs"], ["<p>No analysis has been run on this study.</p>"], "runs")
        articles = []
        for number, run in enumerate(self._runs):
            self._tell(number, len(self._runs), run_title(run))
            articles.append(self._article(run))
        return section(TITLES["runs"], articles, "runs")

    def _article(self, run: RunRow) -> str:
        name = self._study.path.name
        if run.state != "done":
            return run_article(run, None, name, self._room, self._sounds)
        try:
            result = unpack(*self._study.result(run.id))
        except ResultError as error:
            unread = run._replace(state="unreadable", message=str(error))
            return run_article(unread, None, name, self._room, self._sounds)
        return run_article(run, result, name, self._room, self._sounds)

    def _methods(self) -> str:
        done = [run for run in self._runs if run.state == "done"]
        told = []
        for run in done:
            model = run.provenance.get("model")
            sha = str(model.get("sha256", "")) if isinstance(model, Mapping) else ""
            entry = self._wishes.models.get(sha, {})
            told.append(f"<p>{escape(methods_of(run, self._wishes.analyses.get(run.analysis, ''), entry))}</p>")
        return section(TITLES["methods"], told, "methods") if told else ""

    def _left_out(self) -> str:
        left_out = self._room.left_out | self._sounds.room.left_out
        told = [f"<li>{number:,} {what}: the page would be too large.</li>" for what, number in left_out.items()]
        if self._sounds.problem:
            told.append(f"<li>clips to be heard: {escape(self._sounds.problem)}</li>")
        return section(TITLES["left-out"], ["<ul>", *told, "</ul>"], "left-out") if told else ""


TITLES = {
    "about": "About this study",
    "models": "Models",
    "runs": "Runs",
    "neurons": "What fires the neurons",
    "tunes": "Tunes",
    "bookmarks": "Bookmarks",
    "methods": "Methods",
    "left-out": "Left out",
}
"""Of the parts, by their anchors."""


def _chosen(study: Study, every: Sequence[RunRow], wanted: tuple[int, ...] | None) -> list[RunRow]:
    if wanted is None:
        return list(every)
    missing = set(wanted) - {run.id for run in every}
    if missing:
        known = ", ".join(str(run.id) for run in every) or "none"
        raise StudyError(f"{study.path.name} has no run {min(missing)}; its runs are: {known}.")
    return [run for run in every if run.id in wanted]


def count(number: int, thing: str) -> str:
    """Return a number of things: "1 tune", "1,200 clips"."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
