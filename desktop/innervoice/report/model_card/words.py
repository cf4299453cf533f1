"""The names and numbers of a card as people read them."""

from __future__ import annotations

import re

KINDS = {
    "musicvae": "MusicVAE",
    "barvae": "bar VAE",
    "performance-transformer": "performance transformer",
    "performance-lstm": "performance LSTM",
}

WORDS = {"f1": "F1", "mu": "μ", "sigma": "σ", "jax": "JAX", "tensorflow": "TensorFlow", "musicvae": "MusicVAE"}
"""Parts of names that are not written as they are spelt."""

SHARES = re.compile(r"(^|_)(right|exact|accuracy|f1|precision|recall|share|shares|silent|kept|active)(_|$)|_baseline$")
"""Names of measures that are shares of a whole, from 0 to 1."""

NATS = re.compile(r"(^|_)(loss|reconstruction|divergence|nats|entropy|likelihood)(_|$)")
"""Names of measures that are information in nats."""


def in_words(name: str) -> str:
    """Return a name as the beginning of a line: ``note_f1`` becomes ``Note F1``.

    Examples
    --------
    >>> in_words("steps_right"), in_words("f1_of_notes"), in_words("always_hold")
    ('Steps right', 'F1 of notes', 'Always hold')
    """
    words = " ".join(WORDS.get(word, word) for word in name.replace("-", "_").split("_") if word)
    return words[:1].upper() + words[1:]


def is_share(name: str, value: float) -> bool:
    """Say whether a measure is a share, which is shown as percent.

    Examples
    --------
    >>> is_share("steps_right", 0.9), is_share("perplexity", 0.9), is_share("accuracy", 54.0)
    (True, False, False)
    """
    return SHARES.search(name) is not None and 0.0 <= value <= 1.0


def is_nats(name: str) -> bool:
    """Say whether a measure is information, in nats."""
    return NATS.search(name) is not None and SHARES.search(name) is None


def measure(name: str, value: float) -> str:
    """Return a measure for people: shares as percent, counts whole, the rest to four digits.

    Examples
    --------
    >>> measure("steps_right", 0.91527), measure("music_neurons", 46.0), measure("perplexity", 12.34567)
    ('91.5%', '46', '12.35')
    """
    if is_share(name, value):
        return f"{100 * value:.1f}%"
    return number(value)


def number(value: float) -> str:
    """Return a number for people.

    Examples
    --------
    >>> number(16000), number(0.0015), number(2e-05), number(-3.14159)
    ('16,000', '0.0015', '0.00002', '−3.142')
    """
    if float(value).is_integer() and abs(value) < 1e15:
        text = f"{int(value):,}"
    else:
        text = f"{value:.4g}"
        if "e-0" in text:
            text = f"{value:.8f}".rstrip("0")
    return text.replace("-", "−")


def duration(seconds: float) -> str:
    """Return a time for people.

    Examples
    --------
    >>> duration(42), duration(3506), duration(12000), duration(400000)
    ('42 s', '58 min', '3 h 20 min', '4 d 15 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, hours = whole // 60, whole // 3600
    if hours == 0:
        return f"{minutes} min"
    if hours < 24:
        return f"{hours} h {minutes % 60} min"
    return f"{hours // 24} d {hours % 24} h"


def counted(count: int, thing: str) -> str:
    """Return ``1 song``, ``1,528 songs``."""
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
