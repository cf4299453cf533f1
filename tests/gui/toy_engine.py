"""An engine with a model that can be computed by hand, so that tests of the window need no framework.

Neuron i stands for step i: mu is the token's distance from 40 in units of 20, and decoding rounds it back, so that
``decode(mu)`` is the clip itself. Neurons 32 to 63 are noise. Run as a program it serves a window.
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.loading import Framework
from innervoice.engine.service import Engine
from innervoice.engine.serving import serve
from innervoice.host.loading import Plugins, Registered, load_plugins
from innervoice.models.errors import ModelError
from innervoice.plugin import Analysis, Context, Help, Posterior, Range, Result

sys.path.insert(0, str(Path(__file__).parent))
from toy_performer import ToyPerformer  # run as a program, this file has no package
from toy_trio import TRIOS

STEPS, NEURONS, MIDDLE, UNIT = 32, 64, 40.0, 20.0

CARD = {
    "what": "It gives every clip back.",
    "curves": {"training": [{"step": step, "loss": 9.0 - step, "accuracy": step / 10} for step in range(1, 9)]},
}


@dataclass
class ToyModel:
    """The model of the module's docstring; the decoder alone has no encode."""

    name: str = "toy"
    can_encode: bool = True
    can_decode: bool = True
    reason: str = ""
    seconds: float = 0.0
    neurons: int = NEURONS
    steps: int = STEPS
    kind: str = "toy"
    why_not_melodies: str = ""

    @property
    def sha256(self) -> str:
        return f"sha-of-{self.name}"

    @property
    def info(self) -> Any:
        head = {
            "name": self.name, "kind": self.kind, "neurons": self.neurons, "steps": self.steps, "clip": "2bar",
            "can_encode": self.can_encode, "can_decode": self.can_decode, "reason": self.reason,
            "sha256": self.sha256, "path": "", "parameters": 0, "size_bytes": 0,
            "why_not_melodies": self.why_not_melodies, "card": CARD if self.can_encode else {},
        }  # fmt: skip
        return SimpleNamespace(**head, to_json=lambda: head)

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        time.sleep(self.seconds * len(tokens))
        mu = np.zeros((len(tokens), NEURONS), np.float32)
        mu[:, :STEPS] = (tokens - MIDDLE) / UNIT
        sigma = np.concatenate([np.linspace(0.05, 0.5, STEPS), np.ones(NEURONS - STEPS)]).astype(np.float32)
        return Posterior(mu, np.repeat(sigma[None], len(tokens), axis=0))

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        noise = np.random.default_rng(seed).normal(size=(first + len(z), STEPS))[first:] * temperature
        return np.clip(np.rint(z[:, :STEPS] * UNIT + MIDDLE + noise), 0, 89).astype(np.int16)

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        return np.zeros((*tokens.shape, 90), np.float32)


MODELS: Mapping[str, Any] = {
    model.name: model
    for model in (
        ToyModel(),
        ToyModel("bars", steps=16, why_not_melodies="it describes single bars"),
        ToyModel("toy-slow", seconds=0.05),
        ToyModel("toy-decoder", can_encode=False, reason="toy-decoder holds no encoder weights: it can only decode."),
        ToyPerformer("toy-performer"),
        ToyPerformer("toy-slow-performer", seconds=0.3),
        ToyModel("toy-small", can_encode=False, reason="toy-small holds no encoder weights.", neurons=STEPS),
    )
}


def load_model(name: str) -> Any:
    """Give a model by its name or by a file of that name, or say that there is none."""
    if Path(name).stem not in MODELS:
        raise ModelError(f"{name} is not a checkpoint Innervoice can read; choose another file.")
    return MODELS[Path(name).stem]


@dataclass(frozen=True)
class Waiting:
    """The parameters of `Patient`, one of each type."""

    steps: Annotated[int, Range(1, 100_000), Help("How often it waits.")] = 3
    pause: Annotated[float, Range(0.0, 1.0), Help("How long it waits.")] = 0.01
    loud: Annotated[bool, Help("Whether it says so.")] = True
    word: Annotated[str, Help("What it says.")] = "waiting"

    presets: ClassVar[dict[str, dict[str, object]]] = {"long": {"steps": 100_000}}


class Patient(Analysis):
    """Waits, and stops when asked."""

    id = "patient"
    title = "Patient"
    summary = "Waits a while and says for how long."
    needs: ClassVar[frozenset[str]] = frozenset()
    Parameters = Waiting

    def run(self, context: Context, parameters: Waiting) -> Result:
        for step in range(parameters.steps):
            context.progress(step, parameters.steps, parameters.word)
            time.sleep(parameters.pause)
        return Result(summary={"waited": parameters.steps}, names={0: "the first step"})


def toy_plugins() -> Plugins:
    """Give the installed plugins, the patient one, and the models of trios."""
    found = load_plugins()
    patient = {"patient": Registered(Patient(), "tests", "1")}
    return replace(found, analyses=dict(found.analyses) | patient, models=dict(found.models) | TRIOS)


def toy_engine() -> Engine:
    """Give the engine with the toy models."""
    framework = Framework(
        lambda wanted: "none", lambda: "CPU", lambda: [model.info for model in MODELS.values()], load_model
    )
    return Engine(framework=framework, plugins=toy_plugins)


if __name__ == "__main__":
    serve(int(sys.argv[sys.argv.index("--fd") + 1]), toy_engine())
