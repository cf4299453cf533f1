"""``innervoice generate`` and ``innervoice evaluate``, with a model that counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from innervoice.engine import service
from innervoice.engine.loading import Framework
from innervoice.host.loading import Plugins, Registered
from innervoice.models.performance.specs import TRANSFORMER, TransformerSpec
from innervoice.music.performance.encoding import encode
from innervoice.music.reading import read_score
from innervoice.plugin import Analysis, Context, Result

Command = Callable[..., Any]
CYCLE = [276, 60, 64, 387, 188, 192, 70, 300, 198, 298]


@dataclass
class Cycling:
    """Plays one figure over and over, whatever came before."""

    name: str = "cycling"
    kind: str = TRANSFORMER
    neurons: int = 0
    steps: int = 32
    can_encode: bool = False
    can_decode: bool = False
    clip: str = "32 events"
    why_not_melodies: str = "it continues piano performances"
    spec: Any = field(default_factory=lambda: TransformerSpec(393, 32, 4, 1, heads=1, feedforward=4))

    @property
    def sha256(self) -> str:
        return f"sha-of-{self.name}"

    @property
    def info(self) -> Cycling:
        return self

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "sha256": self.sha256, "kind": self.kind, "neurons": 0}

    def logits(self, events: Any) -> Any:
        return np.zeros((*events.shape, 393), np.float32)

    def continuation(self, prompt: Any, drawing: Any, first: int = 0) -> Any:
        made = SimpleNamespace(events=prompt.tolist() or [390], ended=False)

        def more(most: int) -> None:
            place = first + len(made.events) - len(prompt) - (not len(prompt))
            made.events += [CYCLE[(place + k) % len(CYCLE)] for k in range(min(most, 7))]

        made.more = more
        return made


class Listen(Analysis):
    """Counts the notes of every score."""

    id, title, summary = "listen", "Listen", "Listens."
    needs = frozenset({"performance"})

    def run(self, context: Context, parameters: Any) -> Result:
        return Result(
            {"notes": [len(score.notes) for score in context.scores], "window": context.performance_model().window}
        )


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every verb have an engine with that model and one of melodies."""
    melodies = SimpleNamespace(name="small", kind="musicvae", sha256="s", why_not_melodies="")
    melodies.info = melodies
    melodies.to_json = lambda: {"name": "small", "kind": "musicvae", "neurons": 8}
    models = {"cycling": Cycling(), "small": melodies}
    plugins = Plugins({"listen": Registered(Listen(), "tests", "1")}, ())
    framework = Framework(lambda _: "none", lambda: "none", lambda: list(models.values()), models.__getitem__)
    monkeypatch.setattr(service, "Engine", partial(service.Engine, framework=framework, plugins=lambda: plugins))


@pytest.mark.usefixtures("playing")
def test_a_generated_file_opens_and_encodes_to_the_same_events(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "g.mid"
    done = command("generate", "--model", "cycling", "--events", 300, "--seed", 5, "--out", out, "--json")
    assert (done.status, done.err) == (0, "")
    told = json.loads(done.out)
    assert {name: told[name] for name in ("events", "seed", "prompt_events", "notes")} == {
        "events": 300, "seed": 5, "prompt_events": 0, "notes": 90,
    }  # fmt: skip
    score = read_score(out)
    assert told["seconds"] == pytest.approx(score.seconds, abs=0.002)
    events = encode(score)
    assert len(events) == told["events_of_file"]
    # The figure again: only a velocity that does not change is not written twice.
    figure = [event for event in CYCLE if event != 276]
    assert events[2:20].tolist() == [*figure, *figure]


@pytest.mark.usefixtures("playing")
def test_a_prompt_is_the_first_events_of_a_file(command: Command, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "g.mid"
    words = ("generate", "--model", "cycling", "--prompt", folder / "a.mid", "--prompt-events", 6, "--events", 30)
    done = command(*words, "--out", out, "--json")
    assert done.status == 0, done.err
    told = json.loads(done.out)
    assert (told["prompt_events"], told["events"]) == (7, 30)  # with the mark of the beginning
    pitches = read_score(out).notes["pitch"].tolist()
    assert pitches[:3] == [60, 62, 60]
    assert told["prompt_sha256"] == json.loads(command(*words, "--out", out, "--json").out)["prompt_sha256"]


@pytest.mark.usefixtures("playing")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--model", "small"), 1, "small does not continue performances; choose another, see: innervoice models"),
        (("--model", "cycling", "--events", "0"), 2, "'0' is not a whole number from 1"),
        (("--model", "cycling", "--temperature", "-1"), 2, "not a number from 0"),
        (("--model", "cycling", "--nucleus", "2"), 1, "nucleus is 2"),
        (("--model", "cycling", "--events", "1"), 1, "hold no note; ask for more events"),
        (("--model", "cycling", "--prompt", "text.mid"), 1, "text.mid"),
        (("--model", "cycling", "--prompt", "drums.mid"), 1, "has no notes to go on with; choose another file"),
        (("--model", "cycling", "--prompt", "nowhere.mid"), 1, "cannot be opened"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    command: Command, mixed_folder: Path, tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    given = [mixed_folder / word if word.endswith(".mid") else word for word in words]
    done = command("generate", *given, "--out", tmp_path / "g.mid")
    assert done.status == status
    assert said in done.error
    assert not (tmp_path / "g.mid").exists()


@pytest.mark.usefixtures("playing")
def test_evaluate_measures_files_and_names_what_it_left_out(command: Command, mixed_folder: Path) -> None:
    done = command("evaluate", mixed_folder, "--model", "cycling", "--json")
    assert done.status == 0
    told = json.loads(done.out)
    assert [Path(row["file"]).name for row in told["files"]] == ["a.mid", "b.mid", "waltz.mid"]
    # It knows nothing: every event is as likely as any other.
    assert told["perplexity"] == pytest.approx(393)
    assert told["events"] == sum(row["events"] for row in told["files"])
    left_out = sorted(Path(path).name for path, _ in told["left_out"])
    assert left_out == ["bomb.mid", "drums.mid", "empty.mid", "text.mid", "truncated.mid"]
    assert done.err.count("left out") == 5
    text = command("evaluate", mixed_folder / "a.mid", "--model", "cycling")
    assert "393.000" in text.out
    alone = command("evaluate", mixed_folder / "text.mid", "--model", "cycling")
    assert alone.status == 1
    assert "text.mid" in alone.error


@pytest.mark.usefixtures("playing")
def test_an_analysis_of_performances_runs_over_files(command: Command, mixed_folder: Path, tmp_path: Path) -> None:
    done = command("run", "listen", mixed_folder, "--model", "cycling", "--out", tmp_path / "out", "--json")
    assert done.status == 0, done.err
    # Whole scores, a waltz too, which gives no melody of two bars in 4/4.
    assert json.loads(done.out)["summary"] == {"notes": [16, 16, 18], "window": 32}
    assert done.err.count("left out") == 5
    assert "drums.mid: it has no notes to go on with" in done.err
    alone = command("run", "listen", mixed_folder / "text.mid", "--model", "cycling", "--out", tmp_path / "out")
    assert "text.mid" in alone.error
    neither = command("run", "listen", "--model", "cycling", "--out", tmp_path / "out")
    assert neither.status == 2
