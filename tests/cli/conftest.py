"""The command line in this process, with an engine whose model is a few numbers; and music files, good and bad."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest

from innervoice.cli.main import main
from innervoice.engine import service
from innervoice.engine.loading import Framework
from innervoice.host.loading import Failure, Plugins, Registered
from innervoice.models.errors import ModelError
from innervoice.plugin import Analysis, Context, Help, Posterior, Range, Result, Table

STEPS, NEURONS = 32, 8
QUARTER = 480
BOMB = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", 15)
BOMB += bytes([0, 0x90, 60, 64, 0xFF, 0xFF, 0xFF, 0x7F, 0x80, 60, 0, 0, 0xFF, 0x2F, 0])

CARD = {
    "what": "It repeats the first latent.",
    "held_out": {"steps_right": 0.25},
    "held_out_songs": ["a.mid", "b.mid"],
    "curves": {"training": [{"step": 1, "loss": 4.0}, {"step": 2, "loss": 2.0}]},
}


@dataclass
class SmallModel:
    """Mu are means of stretches of the clip; decoding repeats the first latent, with noise by temperature and seed."""

    name: str = "small"
    can_encode: bool = True
    can_decode: bool = True
    reason: str = ""
    kind: str = "small"
    neurons: int = NEURONS
    steps: int = STEPS
    clip: str = "2bar"
    why_not_melodies: str = ""

    @property
    def sha256(self) -> str:
        return f"sha-of-{self.name}"

    @property
    def info(self) -> "SmallModel":
        return self

    def to_json(self) -> dict[str, Any]:
        names = ("name", "sha256", "kind", "neurons", "steps", "can_encode", "can_decode", "reason", "why_not_melodies")
        entry = {name: getattr(self, name) for name in names} | {"clip": self.clip, "size_bytes": 0}
        return entry | ({"card": CARD} if self.can_encode else {})

    def encode(self, tokens: Any) -> Posterior:
        mu = tokens.reshape(len(tokens), NEURONS, -1).mean(2).astype(np.float32)
        return Posterior(mu, np.ones_like(mu) * np.linspace(0.1, 1, NEURONS, dtype=np.float32))

    def decode(self, z: Any, temperature: float = 0.0, seed: int = 0, first: int = 0) -> Any:
        noise = np.random.default_rng(seed).normal(size=(len(z), STEPS)) * temperature
        return np.clip(np.rint(z[:, :1] + noise), 0, 89).astype(np.int16)

    def logits(self, z: Any, tokens: Any) -> Any:
        return np.zeros((*tokens.shape, 90), np.float32)


DECODER = SmallModel("decoder", can_encode=False, reason="it holds a decoder alone")
MODELS = {model.name: model for model in (SmallModel(), DECODER)}
BARS = SmallModel("bars", clip="bar", why_not_melodies="it describes bars")
UNLISTED = MODELS | {"four": SmallModel("four", clip="64 steps"), "bars": BARS}


def load_model(name: str) -> SmallModel:
    if name not in UNLISTED:
        raise ModelError(f"There is no model {name}; choose another one.")
    return UNLISTED[name]


@dataclass(frozen=True)
class Count:
    count: Annotated[int, Range(1, 100), Help("How many numbers are drawn")] = 3


class Draw(Analysis):
    """Draws random numbers, and counts clips; prints, as a careless plugin does."""

    id = "draw"
    title = "Draw"
    summary = "Draws random numbers."
    needs = frozenset({"encode", "clips"})
    Parameters = Count

    def run(self, context: Context, parameters: Count) -> Result:
        print("chatter of a plugin")
        drawn = context.rng.normal(size=parameters.count)
        mean = context.posterior().mu.mean(0)
        table = Table("means", ("neuron", "mu"), tuple((place, float(value)) for place, value in enumerate(mean)))
        summary = {"clips": len(context.clips), "count": parameters.count}
        return Result(summary=summary, figures=(), tables=(table,), arrays={"drawn": drawn}, clips={}, names={})


class Broken(Draw):
    """Fails."""

    id = "broken"

    def run(self, context: Context, parameters: Count) -> Result:
        raise RuntimeError("the plugin's author made a mistake")


class Alone(Draw):
    """Asks the model alone."""

    id = "alone"
    needs = frozenset({"decode"})

    def run(self, context: Context, parameters: Count) -> Result:
        tokens = context.decode(context.rng.normal(size=(parameters.count, NEURONS)).astype(np.float32))
        return Result(summary={"clips": len(context.clips), "decoded": len(tokens)})


def small_plugins() -> Plugins:
    found = {one.id: Registered(one, "small-plugin", "1") for one in (Draw(), Broken(), Alone())}
    return Plugins(found, (Failure("bad-plugin", "ImportError: no such module", "Traceback ..."),))


@pytest.fixture
def small_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every verb have an engine with the small model instead of a framework."""
    framework = Framework(
        choose_backend=lambda name: "none",
        device_name=lambda: "none",
        known_models=lambda: list(MODELS.values()),
        load_model=load_model,
    )
    monkeypatch.setattr(service, "Engine", partial(service.Engine, framework=framework, plugins=small_plugins))


@dataclass(frozen=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of standard error."""
        assert self.status != 0, self.out
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        assert self.err.startswith("innervoice: ")
        return self.err.removeprefix("innervoice: ").strip()


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command line in this process."""

    def run(*words: object) -> Done:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return run


def midi(pitches: list[int], channel: int = 0, numerator: int = 4) -> bytes:
    """Return a MIDI file at 120 quarter notes a minute: these pitches one after another, a quarter note each."""
    events = b"\x00\xff\x51\x03\x07\xa1\x20" + b"\x00\xff\x58\x04" + bytes([numerator, 2, 24, 8])
    for pitch in pitches:
        events += bytes([0, 0x90 | channel, pitch, 90, 0x80 | QUARTER >> 7, QUARTER & 0x7F, 0x80 | channel, pitch, 0])
    events += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, QUARTER) + b"MTrk" + struct.pack(">I", len(events)) + events


@pytest.fixture
def make_midi() -> Callable[..., bytes]:
    """Return the function that makes a MIDI file of some pitches."""
    return midi


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two tunes of four bars each."""
    place = tmp_path / "music"
    place.mkdir()
    (place / "a.mid").write_bytes(midi([60, 62, 64, 65] * 4))
    (place / "b.mid").write_bytes(midi([67, 69, 71, 72, 74, 72, 71, 69] * 2))
    return place


BAD_FILES = {
    "truncated.mid": midi([60, 62, 64, 65] * 4)[:60],
    "text.mid": b"This is a letter, not a tune.\n",
    "empty.mid": b"",
    "drums.mid": midi([36, 38, 36, 38] * 4, channel=9),
    "waltz.mid": midi([60, 62, 64] * 6, numerator=3),
    "bomb.mid": BOMB,
}


@pytest.fixture(params=sorted(BAD_FILES))
def bad_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a file of each kind that gives no clip."""
    path = tmp_path / str(request.param)
    path.write_bytes(BAD_FILES[path.name])
    return path


@pytest.fixture
def mixed_folder(folder: Path) -> Path:
    """Return a folder with two tunes and a bad file of each kind."""
    for name, content in BAD_FILES.items():
        (folder / name).write_bytes(content)
    return folder
