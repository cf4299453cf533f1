"""The kinds of model that can be trained, as they can be told without the framework: for forms, and for the recipes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from innervoice.music.bar_words import FRAME_STEPS
from innervoice.training.bar_settings import BarSettings
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.performance_settings import LSTMSettings, TransformerSettings
from innervoice.training.settings import Settings

Values = Mapping[str, int | float]

FIRST = ("steps", "batch", "rate", "patience", "evaluate_every", "seed")
"""What people set first, in this order; the sizes of the network stand behind the first of them."""
LARGEST = 2**31 - 1
"""A form's inputs hold no more."""


@dataclass(frozen=True)
class Kind:
    """One kind of model.

    Attributes
    ----------
    name : str
        Its word on the command line.
    title, what : str
        A short name; one sentence for the card.
    settings : Settings
        Settings to begin with: those of the shipped model.
    first : tuple of str
        Settings of its own that matter most.
    goes_on_from : (str, str)
        Kind and clip of the models that can be trained further; the clip is empty where any will do.
    presets : mapping
        Named values of some settings.
    """

    name: str
    title: str
    what: str
    settings: Settings
    first: tuple[str, ...]
    goes_on_from: tuple[str, str]
    presets: Mapping[str, Values]


MELODY_SIZES = ("neurons", "encoder", "decoder", "beta")
PERFORMANCE_SIZES = ("window", "embed", "layers")
QUICK = {"steps": 1_000, "evaluate_every": 200, "save_every": 100}


def _of_bars(name: str) -> Kind:
    """The published model of bars, or a variant of it that takes frames of another length."""
    bar, length = name == "bar", f"{FRAME_STEPS[name]} sixteenths"
    return Kind(
        name,
        "Bars of many voices" if bar else f"Frames of {length}, many voices",
        f"Variational autoencoder of {'single bars' if bar else f'frames of {length}'} of polyphonic music, all "
        "instruments in one roll.",
        BarSettings(),
        ("neurons", "hidden", "beta"),
        ("barvae", name),
        {"as published": {"beta": 1.0, "transpose": 0}, "a quick try": QUICK | {"neurons": 64, "hidden": 200}},
    )


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "2bar",
            "Melodies of two bars",
            "MusicVAE of two-bar melodies.",
            MelodySettings(),
            MELODY_SIZES,
            ("musicvae", "2bar"),
            {"a quick try": QUICK | {"neurons": 64, "encoder": 128, "decoder": 128}},
        ),
        Kind(
            "16bar",
            "Melodies of sixteen bars",
            "MusicVAE of sixteen-bar melodies: encoder and decoder go bar by bar, a conductor starts each bar.",
            MelodySettings(batch=32, conductor=256, segments=16, encoder_segments=16),
            MELODY_SIZES,
            ("musicvae", "16bar"),
            {"a quick try": QUICK | {"neurons": 64, "encoder": 64, "decoder": 64, "conductor": 64}},
        ),
        *map(_of_bars, FRAME_STEPS),
        Kind(
            "performance",
            "Piano performances: transformer",
            "Transformer that continues piano performances, event by event, pedal included.",
            TransformerSettings(),
            PERFORMANCE_SIZES,
            ("performance-transformer", ""),
            {"a quick try": QUICK | {"window": 128, "embed": 64, "feedforward": 256}},
        ),
        Kind(
            "performance-lstm",
            "Piano performances: LSTM",
            "LSTM that continues piano performances, event by event: what the transformer is measured against.",
            LSTMSettings(),
            (*PERFORMANCE_SIZES, "units"),
            ("performance-lstm", ""),
            {"a quick try": QUICK | {"window": 128, "embed": 64, "units": 128}},
        ),
    )
}


def described(kind: Kind) -> dict[str, Any]:
    """Tell a kind as plain JSON.

    Returns
    -------
    dict
        ``name``, ``title``, ``what``, ``goes_on_from``, ``presets``, and the ``schema`` of its settings in the form of
        the parameters of analyses; a field whose ``more`` is true matters less.
    """
    head = {"name": kind.name, "title": kind.title, "what": kind.what, "goes_on_from": list(kind.goes_on_from)}
    entries = {field.name: _field(kind.settings, field.name) for field in fields(kind.settings)}
    front = [name for name in (*FIRST[:1], *kind.first, *FIRST[1:]) if name in entries]
    ordered = [entries[name] for name in front]
    ordered += [entry | {"more": True} for name, entry in entries.items() if name not in front]
    return head | {
        "presets": {name: dict(values) for name, values in kind.presets.items()},
        "schema": {"fields": ordered},
    }


def _field(settings: Settings, name: str) -> dict[str, Any]:
    default, (low, high) = getattr(settings, name), settings.ranges[name]
    high = min(high, LARGEST)
    head = {"name": name, "choices": None, "help": settings.helps[name], "unit": ""}
    if isinstance(default, int) and (low, high) == (0, 1):
        return head | {"type": "bool", "default": bool(default), "minimum": None, "maximum": None}
    kind = "int" if isinstance(default, int) else "float"
    return head | {"type": kind, "default": default, "minimum": low, "maximum": high}
