"""The verbs about performances, with small models of random weights, and the context of their analyses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.engine.errors import EngineError
from innervoice.engine.loading import Framework
from innervoice.engine.performance_context import no_clips
from innervoice.engine.scores import PERFORMANCE
from innervoice.engine.service import Engine
from innervoice.host.loading import Plugins, Registered
from innervoice.models.performance.specs import TRANSFORMER, TransformerSpec
from innervoice.music.midi import score_from_midi
from innervoice.music.performance.decoding import decode
from innervoice.music.performance.vocabulary import PERFORMANCE as VOCABULARY
from innervoice.music.writing import midi_bytes
from innervoice.plugin import Analysis, Context, Result, Wish
from innervoice.study.document import Study

SPEC = TransformerSpec(393, window=32, embed=4, layers=2, heads=2, feedforward=4)


class Counting:
    """A model whose next event is the one before plus 1, and that is sure of it; the piece ends at 255."""

    def __init__(self, name: str = "counting") -> None:
        self.name, self.sha256, self.kind, self.spec = name, f"sha-of-{name}", TRANSFORMER, SPEC
        self.neurons, self.steps, self.can_encode, self.can_decode = 0, 32, False, False
        self.why_not_melodies = "it counts"
        self.info = self
        self.windows: list[int] = []

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "neurons": 0}

    def logits(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        self.windows.append(events.shape[1])
        return 9 * np.eye(393, dtype=np.float32)[(events + 1) % 393]

    def attention(self, events: NDArray[np.int16], layer: int) -> NDArray[np.float32]:
        return np.stack([np.eye(len(events)), np.full((len(events),) * 2, layer)]).astype(np.float32)

    def states(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        return np.stack([np.repeat(events[:, None], 4, axis=1)] * 2).astype(np.float32)

    def embedding(self) -> NDArray[np.float32]:
        return np.eye(393, 4, dtype=np.float32)

    def continuation(self, prompt: NDArray[np.int16], drawing: Any, first: int = 0) -> Any:
        made = SimpleNamespace(events=prompt.tolist() or [VOCABULARY.begin], ended=False)

        def more(most: int) -> None:
            for _ in range(min(most, 8)):
                made.events.append((made.events[-1] + 1 + drawing.seed) % 256)
                made.ended = drawing.may_end and made.events[-1] == 255

        made.more = more
        return made


class Listen(Analysis):
    """Says what it was given."""

    id, title, summary = "listen", "Listen", "Listens."
    needs = frozenset({"performance"})

    def run(self, context: Context, parameters: Any) -> Result:
        notes = [len(score.notes) for score in context.scores]
        model, other = context.performance_model(), context.performance_model("other")
        new = model.go_on(np.array([1], np.int16), Wish(events=3, seed=context.seed))
        summary = {"notes": notes, "left_out": [list(one) for one in context.scores.left_out], "new": new}
        return Result(summary | {"other": other.name, "window": model.window, "clips": len(context.clips)})


@pytest.fixture
def models() -> dict[str, Any]:
    small = SimpleNamespace(name="small", kind="musicvae", info=SimpleNamespace(why_not_melodies=""), sha256="s")
    return {"counting": Counting(), "other": Counting("other"), "small": small}


@pytest.fixture
def engine(models: dict[str, Any]) -> Iterator[Engine]:
    framework = Framework(lambda name: "none", lambda: "none", lambda: list(models.values()), lambda name: models[name])
    plugins = Plugins({"listen": Registered(Listen(), "test", "1")}, ())
    made = Engine(framework=framework, plugins=lambda: plugins)
    yield made
    made.close()


def body(*events: int) -> bytes:
    return np.array(events, "<i2").tobytes()


def asked(engine: Engine, verb: str, given: tuple[int, ...], **head: Any) -> tuple[dict[str, Any], bytes]:
    return engine.call(verb, {"model": "counting", "count": len(given), **head}, body(*given))


def test_a_piece_goes_on_and_may_end(engine: Engine) -> None:
    head, data = asked(engine, "generate", (5, 6), events=20)
    assert np.frombuffer(data, "<i2").tolist() == list(range(7, 27))
    assert (head["count"], head["ended"], head["classes"]) == (20, False, 393)
    from_nothing = np.frombuffer(asked(engine, "generate", (), events=2)[1], "<i2").tolist()
    assert from_nothing == [390, 135, 136]
    with pytest.raises(EngineError, match="ask for 1 to 200000"):
        asked(engine, "generate", (5,), events=10**9)
    with pytest.raises(EngineError, match="temperature is -1"):
        asked(engine, "generate", (5,), events=1, temperature=-1)
    with pytest.raises(EngineError, match="small does not continue performances; choose innervoice-performance"):
        engine.call("generate", {"model": "small", "count": 0, "events": 1})
    with pytest.raises(EngineError, match="4 bytes where 3 events were announced"):
        engine.call("generate", {"model": "counting", "count": 3, "events": 1}, body(1, 2))


def test_what_comes_next_is_told_by_name(engine: Engine) -> None:
    head, _ = asked(engine, "foretell", (59,))
    assert head["likely"][0]["name"] == "NOTE_ON 60"
    assert head["likely"][0]["probability"] == pytest.approx(np.exp(9) / (np.exp(9) + 392), rel=1e-4)
    assert len(head["likely"]) == 32
    assert 0 < head["entropy"] < np.log(393)
    with pytest.raises(EngineError, match="give a prompt"):
        asked(engine, "foretell", ())


def test_a_prompt_is_foretold_from_what_comes_before(engine: Engine) -> None:
    head, _ = asked(engine, "foretold", (59, 60, 61))  # it counts
    assert (head["events"], head["accuracy"]) == (2, 1.0)
    assert head["perplexity"] == pytest.approx((np.exp(9) + 392) / np.exp(9), rel=1e-4)
    assert asked(engine, "foretold", (59, 61))[0]["accuracy"] == 0.0
    with pytest.raises(EngineError, match="of a single event"):
        asked(engine, "foretold", (59,))


def test_attention_is_of_the_last_events_as_generation_sees_them(engine: Engine) -> None:
    def rows(count: int, **head: Any) -> tuple[int, NDArray[np.float32]]:
        told, data = asked(engine, "attention", tuple(range(count)), **head)
        assert (told["heads"], told["layers"]) == (2, 2)
        return told["start"], np.frombuffer(data, "<f4").reshape(told["rows"], count - told["start"])

    # The model counts with a window of 32: at 33 events it goes on from the last half, the events from 16 on.
    start, shares = rows(40, layer=1, head=0)
    assert (start, shares.tolist()) == (16, [[0.0] * 23 + [1.0]])
    start, shares = rows(40, layer=1, head=1, rows=10)
    assert start == 0  # what event 30 looks back on, when it is the last
    assert shares[:2].sum(axis=1).tolist() == [32, 32]  # the toy says 1 of all the window
    assert shares[2:, :16].sum() == 0
    assert (shares[2:, 16:] == 1).all()
    assert rows(3, rows=10)[1].shape == (3, 3)
    with pytest.raises(EngineError, match="has heads 0 to 1, not 2"):
        asked(engine, "attention", (1, 2), head=2)
    with pytest.raises(EngineError, match="ask for 1 to 256"):
        asked(engine, "attention", (1, 2), rows=10**9)
    with pytest.raises(EngineError, match="no events yet"):
        asked(engine, "attention", ())


def test_what_is_opened_tells_its_sizes(engine: Engine) -> None:
    head, _ = engine.call("open_model", {"model": "counting"})
    assert {name: head[name] for name in ("classes", "window", "layers", "heads")} == {
        "classes": 393, "window": 32, "layers": 2, "heads": 2,
    }  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two performances and a file that is none."""
    paths = [tmp_path / name for name in ("one.mid", "two.mid", "letter.mid")]
    for shift, path in enumerate(paths[:2]):
        events = np.array([273, 60 + shift, 387, 188 + shift, 64, 387, 192] * (30 + shift), np.int16)
        path.write_bytes(midi_bytes(decode(events).notes))
    paths[2].write_bytes(b"Dear all")
    return paths


def test_files_are_foretold_and_the_broken_ones_named(engine: Engine, files: list[Path], models: Any) -> None:
    head, _ = engine.call("evaluate", {"model": "counting", "paths": [str(path) for path in files]})
    assert [Path(row["file"]).name for row in head["files"]] == ["one.mid", "two.mid"]
    assert head["rejected"][0][0].endswith("letter.mid")
    assert head["events"] == sum(row["events"] for row in head["files"]) > 300
    assert head["perplexity"] > 1
    assert 0 <= head["accuracy"] < 0.2
    # Longer than the window: each event is seen with half a window at least.
    assert max(models["counting"].windows) == 32


def test_a_row_of_any_length_is_seen_as_generation_sees_it(engine: Engine) -> None:
    from innervoice.engine.job import Job
    from innervoice.engine.performance import PacedPerformance

    shelf = engine._shelf
    handle = PacedPerformance(shelf, shelf.open("counting"), Job("test", {}))
    row = np.arange(100).astype(np.int16)
    assert handle.logits(row).argmax(axis=1).tolist() == list(range(1, 101))
    assert handle.states(row)[1, :, 3].tolist() == list(range(100))
    assert handle.logits(row[:0]).shape == (0, 393)


def test_an_analysis_of_performances_reads_the_files_of_a_study(
    engine: Engine, files: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "two.innervoice"
    with Study(path) as study:
        for file in files[:2]:
            score = score_from_midi(file.read_bytes(), file.name)
            for kind in (PERFORMANCE, "2bar"):  # taken in twice, it is one file
                study.add_score(file.name, str(file), score.sha256, no_clips(), kind)
    head = {"study": str(path), "analysis": "listen", "model": "counting", "seed": 2}

    def summary() -> dict[str, Any]:
        run = engine.call("run", head)[0]["run"]
        with Study(path) as study:
            row = next(row for row in study.runs() if row.id == run)
            assert row.provenance["model"]["name"] == "counting"
            digests.append(row.provenance["input_sha256"])
            return dict(study.result(run)[0]["summary"])

    digests: list[str] = []
    found = summary()
    assert found | {"notes": 0} == {
        "notes": 0, "left_out": [], "new": [4, 7, 10], "other": "other", "window": 32, "clips": 0,
    }  # fmt: skip
    assert found["notes"] == [60, 62]
    files[0].write_bytes(files[1].read_bytes())
    files[1].unlink()
    reasons = dict(summary()["left_out"])
    assert "another file than the one that was imported" in reasons["one.mid"]
    assert "is not where it was" in reasons["two.mid"]
    assert digests[0] == digests[1]
    with pytest.raises(EngineError, match="small does not continue performances"):
        engine.call("run", head | {"model": "small"})
