"""``innervoice encode``: what the encoder says of clips, as one file of arrays."""

import argparse
import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.cli.console import Console, counted
from innervoice.cli.errors import UsageError
from innervoice.cli.options import add_cutting, add_model, add_paths, add_seed
from innervoice.cli.places import writable_file
from innervoice.cli.scratch import rules_of, study_of
from innervoice.music.files import atomic_write
from innervoice.study.clips import ClipRow
from innervoice.study.document import Study


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_paths(parser)
    add_model(parser)
    parser.add_argument("--study", type=Path, metavar="S", help="encode what of this study is not encoded yet")
    parser.add_argument("--out", type=Path, metavar="P.npz", help="tokens, mu, sigma and source of each clip")
    add_cutting(parser, None)
    add_seed(parser, "the drawing of clips")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Encode files into an .npz file, or a study's clips into the study (and into the file, if one is named)."""
    if arguments.study is None and arguments.out is None:
        raise UsageError("give --out P.npz for the posteriors of these files")
    if arguments.out is not None:
        writable_file(arguments.out)
    with console.engine() as engine:
        model = console.open_melody_model(engine, arguments.model)
        rules = rules_of(model, arguments)
        with study_of(arguments.study, arguments.paths, rules, console) as study:
            head = {"study": str(study), "model": arguments.model}
            encoded = console.call(engine, "encode_study", head)[0]["encoded"]
            clips = None if arguments.out is None else save(study, model, arguments.out)
    data = {"model": model["name"], "sha256": model["sha256"], "encoded": encoded, "clips": clips}
    data["out"] = None if arguments.out is None else str(arguments.out)
    place, number = (arguments.study, encoded) if clips is None else (arguments.out, clips)
    console.answer(data, f"{place}: {counted(number, 'clip')} encoded with {model['name']}")
    return 0


def save(study: Path, model: dict[str, Any], out: Path) -> int:
    """Write what a study holds of a model's posteriors to an .npz file; return the number of clips.

    The file holds tokens int16 [n, steps], mu and sigma float32 [n, neurons], and source, a structured array [n] with
    file, track and first_step.
    """
    with Study(study, create=False) as document:
        ids, posterior = document.posteriors(model["sha256"])
        tokens = document.tokens(ids)
        rows = {row.id: row for row in document.clip_rows()}
    source = sources([rows[number] for number in ids.tolist()])
    buffer = io.BytesIO()
    np.savez(buffer, tokens=tokens.astype(np.int16), mu=posterior.mu, sigma=posterior.sigma, source=source)
    atomic_write(out, buffer.getvalue())
    return len(ids)


def sources(rows: list[ClipRow]) -> NDArray[np.void]:
    """Return where clips come from as a structured array, which needs no pickle to be read."""
    width = max((len(row.source) for row in rows), default=1)
    kind = np.dtype([("file", f"<U{max(width, 1)}"), ("track", "<i4"), ("first_step", "<i4")])
    return np.array([(row.source, row.track, row.first_step) for row in rows], kind)
