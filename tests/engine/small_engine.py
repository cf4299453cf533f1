"""An engine with a model of a few numbers and analyses that behave badly; run as a program, it serves a window."""

import ctypes
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.loading import Framework
from innervoice.engine.service import Engine
from innervoice.host.loading import Plugins, Registered
from innervoice.models.errors import ModelError
from innervoice.plugin import Analysis, Context, Help, Posterior, Range, Result, Table

STEPS, NEURONS = 32, 8


@dataclass
class SmallModel:
    """Mu are means of stretches of the clip, sigma rises with the neuron; decoding repeats the first latent."""

    name: str = "small"
    seconds: float = 0.0
    can_encode: bool = True
    can_decode: bool = True
    sha256: str = ""
    kind: str = "small"
    neurons: int = NEURONS
    steps: int = STEPS
    reason: str = ""
    why_not_melodies: str = ""

    def __post_init__(self) -> None:
        self.sha256 = f"sha-of-{self.name}"
        self.info = self

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "sha256": self.sha256,
            "neurons": self.neurons,
            "steps": self.steps,
            "can_encode": self.can_encode,
        }

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        time.sleep(self.seconds * max(1, len(tokens) / 16))
        mu = tokens.reshape(len(tokens), NEURONS, STEPS // NEURONS).mean(2).astype(np.float32)
        return Posterior(mu, np.ones_like(mu) * np.linspace(0.1, 1, NEURONS, dtype=np.float32))

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        time.sleep(self.seconds)
        streams = [np.random.default_rng([seed, first + row]) for row in range(len(z))]
        noise = np.array([stream.normal(size=STEPS) for stream in streams]).reshape(len(z), STEPS) * temperature
        return np.clip(np.rint(z[:, :1] + noise), 0, 89).astype(np.int16)

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        return np.zeros((*tokens.shape, 90), np.float32)


MODELS = {
    model.name: model
    for model in (
        SmallModel("small"),
        SmallModel("slow", seconds=0.02),
        SmallModel("decoder", can_encode=False, reason="it holds a decoder alone"),
        SmallModel("bars", why_not_melodies="it describes bars"),
    )
}


def load_model(name: str) -> SmallModel:
    if name not in MODELS:
        raise ModelError(f"There is no model {name}; choose another one.")
    return MODELS[name]


@dataclass(frozen=True)
class Count:
    count: Annotated[int, Range(1, 10_000), Help("How often")] = 3


class _Small(Analysis):
    title = "Small"
    summary = "Does something small."
    Parameters = Count

    def run(self, context: Context, parameters: Count) -> Result:
        answer = self.answer(context, parameters)
        return Result(summary=answer or {}, figures=(), tables=(), arrays={}, clips={}, names={})

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        raise NotImplementedError


class Mean(_Small):
    id = "mean"
    needs: ClassVar[frozenset[str]] = frozenset({"encode", "clips"})

    def run(self, context: Context, parameters: Count) -> Result:
        mean = context.posterior().mu.mean(0)
        table = Table("means", ("neuron", "mu"), tuple((i, float(value)) for i, value in enumerate(mean)))
        noise = context.rng.normal(size=parameters.count)
        tokens = context.model.decode(np.full((200, context.model.neurons), 40, np.float32), 1.0, context.seed)
        arrays = {"mean": mean, "noise": noise, "tokens": tokens}
        return Result(summary={"clips": len(context.clips)}, figures=(), tables=(table,), arrays=arrays, clips={},
                      names={0: "the first"})  # fmt: skip


class Features(_Small):
    """Means of the pitch and of the contour, by the study's features."""

    id = "features"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        means = np.nanmean(context.features(("P12", "contour")), axis=0)
        return {"pitch": float(means[0]), "contour": float(means[1]), "all": context.features().shape[1]}


class Decodes(_Small):
    """Decodes as many points as asked, and fails or not afterwards."""

    id = "decodes"

    def run(self, context: Context, parameters: Count) -> Result:
        z = context.rng.normal(size=(parameters.count, context.model.neurons)).astype(np.float32)
        tokens = context.decode(z, 0.5, 7)
        if parameters.count == 77:
            raise ValueError("77 is too many.")
        return Result(arrays={"z": z, "tokens": tokens})


class Patient(_Small):
    """Goes on for long, and stops when asked."""

    id = "patient"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        for step in range(parameters.count):
            context.progress(step, parameters.count, "waiting")
            time.sleep(0.01)
        return None


class Deaf(_Small):
    """Never asks whether it should stop."""

    id = "deaf"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        while True:
            time.sleep(0.05)


class Busy(_Small):
    """Computes in pure Python, holding the interpreter."""

    id = "busy"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        total = 0
        for step in range(10_000):
            context.progress(step, 10_000)
            total += sum(range(20_000))
        return {"total": total}


class Crash(_Small):
    """Reads where nothing is."""

    id = "crash"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        print("about to crash", flush=True)
        ctypes.string_at(0)
        return None


class Breeder(_Small):
    """Starts a process of its own before it crashes, or before it waits (with a count of 1)."""

    id = "breeder"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        print(f"child {child.pid}", flush=True)
        context.progress(0, 1)
        if parameters.count > 1:
            ctypes.string_at(0)
        time.sleep(300)
        return None


class Hog(_Small):
    """Takes memory without end (but not so much that the tests' machine suffers)."""

    id = "hog"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        held = []
        for _ in range(60):
            held.append(np.ones(4_000_000))
            time.sleep(0.02)
        time.sleep(60)
        return {"held": len(held)}


class Faulty(_Small):
    id = "faulty"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        raise KeyError("nothing")


class Exits(_Small):
    id = "exits"

    def answer(self, context: Context, parameters: Count) -> dict[str, Any] | None:
        sys.exit(3)


ANALYSES = (Decodes, Mean, Features, Patient, Deaf, Busy, Crash, Breeder, Hog, Faulty, Exits)


def small_plugins() -> Plugins:
    return Plugins({kind.id: Registered(kind(), "tests", "1") for kind in ANALYSES}, ())


def small_framework() -> Framework:
    def known() -> list[Any]:
        return [SimpleNamespace(name=one.name, can_encode=one.can_encode, can_decode=one.can_decode,
                                to_json=one.to_json) for one in MODELS.values()]  # fmt: skip

    return Framework(lambda wanted: "none", lambda: "CPU", known, load_model)


def small_engine() -> Engine:
    return Engine(framework=small_framework(), plugins=small_plugins)


if __name__ == "__main__":
    from innervoice.engine.serving import serve

    if os.environ.get("SMALL_ENGINE_DIES"):
        sys.exit(7)
    serve(int(sys.argv[sys.argv.index("--fd") + 1]), small_engine())
