"""What taking the pictures of the help needs of files: small PNG files, and a second model to compare."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from pathlib import Path
from typing import Any

MODEL = Path(__file__).resolve().parents[1] / "resources" / "models" / "innervoice-2bar"
LARGEST = 60_000
PALETTES = (128, 96, 64, 48, 32)
EXACT = 24
"""Colours of a picture that stay as they are."""
ROUNDING = 24.0
"""Steps a weight's scale is cut into for a second model: what is lost by that is what the comparison shows."""


def shrunk(image: object) -> bytes:
    """Return a picture as PNG with as many colours as fit."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[attr-defined]
    whole = Image.open(io.BytesIO(bytes(data.data()))).convert("RGB")
    picture = b""
    for colours in PALETTES:
        out = io.BytesIO()
        few = whole.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        _keep_commonest(whole, few)
        few.save(out, "PNG", optimize=True)
        picture = out.getvalue()
        if len(picture) <= LARGEST:
            break
    return picture


def _keep_commonest(whole: Any, few: Any) -> None:
    """Give the colours that fill most of a picture back to it: a mean of them would tint the whole window."""
    import numpy as np

    pixels = np.asarray(whole).reshape(-1, 3)
    packed = (pixels.astype(np.int64) * (1 << 16, 1 << 8, 1)).sum(axis=1)
    _colours, places, counts = np.unique(packed, return_index=True, return_counts=True)
    chosen, palette = np.asarray(few).reshape(-1), list(few.getpalette())
    kept: set[int] = set()
    for place in places[np.argsort(-counts, kind="stable")][:EXACT].tolist():
        entry = int(chosen[place])
        if entry not in kept:
            kept.add(entry)
            palette[3 * entry : 3 * entry + 3] = pixels[place].tolist()
    few.putpalette(palette)


def rounded_model(folder: Path) -> Path:
    """Write the 2-bar model with rounded weights, so that there are two models of one kind to compare."""
    import numpy as np
    from safetensors.numpy import load_file, save

    weights = {}
    for name, values in load_file(MODEL.with_suffix(".safetensors")).items():
        unit = np.abs(values).max() / ROUNDING
        weights[name] = (np.round(values / unit) * unit).astype(values.dtype) if unit else values
    out, data = folder / "rounded-copy.safetensors", save(weights)
    about = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
    about |= {"name": "rounded-copy", "sha256": hashlib.sha256(data).hexdigest()}
    out.write_bytes(data)
    out.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
    return out


def without_places(dialog: object) -> None:
    """Put folders that anybody could have in the place of this machine's."""
    from PySide6.QtWidgets import QLineEdit, QWidget

    assert isinstance(dialog, QWidget)
    home = os.environ["INNERVOICE_HOME"]
    for line in dialog.findChildren(QLineEdit):
        if line.text().startswith(home):
            line.setText(line.text().replace(home, "~/.local/share/innervoice", 1))
    facts = getattr(dialog, "facts", None)
    if facts is not None:
        text = re.sub(r"(Installed in: ).*", r"\1~/innervoice/.venv/lib/python3.11/site-packages", facts.toPlainText())
        facts.setPlainText(text)
