"""``innervoice decode``: latent vectors into tokens and MIDI files."""

import argparse
import io
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from innervoice.cli.console import Console, counted
from innervoice.cli.errors import CommandError
from innervoice.cli.options import add_model, add_seed, from_zero
from innervoice.cli.places import writable_folder
from innervoice.music.bar_words import clip_notes
from innervoice.music.files import atomic_write
from innervoice.music.writing import midi_bytes

MAX_BYTES = 1 << 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("latents", metavar="Z.npy", type=Path, help="latent vectors, float [n, neurons]")
    add_model(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for tokens.npy and 0000.mid ...")
    parser.add_argument(
        "--temperature", type=from_zero, default=0.0, metavar="T", help="0 (default) always takes the likeliest"
    )
    add_seed(parser, "the choices at a temperature above 0")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Decode and write one MIDI file for each latent vector."""
    latents = read_latents(arguments.latents)
    with console.engine() as engine:
        model = console.open_melody_model(engine, arguments.model)
        if latents.shape[1] != model["neurons"]:
            raise CommandError(
                f"{arguments.latents} has vectors of {latents.shape[1]} numbers and {model['name']} has "
                f"{model['neurons']} neurons; choose the model that encoded them"
            )
        out = writable_folder(arguments.out)
        head = {
            "model": arguments.model,
            "count": len(latents),
            "temperature": arguments.temperature,
            "seed": arguments.seed,
        }
        answer, body = console.call(engine, "decode", head, latents.astype("<f4").tobytes())
    tokens = np.frombuffer(body, "<i2").astype(np.int16).reshape(len(latents), answer["steps"])
    write(tokens, out)
    data = {"model": model["name"], "sha256": model["sha256"], "clips": len(tokens), "out": str(out)}
    console.answer(data, f"{out}: {counted(len(tokens), 'clip')} decoded with {model['name']}")
    return 0


def read_latents(path: Path) -> NDArray[np.float32]:
    """Read latent vectors, float32 [n, neurons], from a .npy file; one vector alone is one row.

    Raises
    ------
    CommandError
        When the file is missing, no array of numbers, not finite, empty or too large.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{path} is larger than 1 GiB; split it")
        with path.open("rb") as file:
            values = np.load(file, allow_pickle=False)
    except OSError as error:
        raise CommandError(
            f"{path} cannot be read ({error.strerror or 'not a .npy file'}); give a .npy file"
        ) from error
    except (ValueError, EOFError, BadZipFile) as error:
        raise CommandError(f"{path} is no array of numbers; give a .npy file of float [n, neurons]") from error
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiu":
        raise CommandError(f"{path} is no array of numbers; give a .npy file of float [n, neurons]")
    rows = np.atleast_2d(values).astype(np.float32)
    if rows.ndim != 2 or 0 in rows.shape:
        raise CommandError(f"{path} has shape {list(values.shape)}; give latent vectors as [n, neurons]")
    if not np.isfinite(rows).all():
        raise CommandError(f"{path} holds numbers that are not finite; take them out")
    return rows


def write(tokens: NDArray[np.int16], out: Path) -> None:
    """Write tokens.npy, and 0000.mid and so on at 120 quarter notes a minute."""
    buffer = io.BytesIO()
    np.save(buffer, tokens)
    atomic_write(out / "tokens.npy", buffer.getvalue())
    for place, clip in enumerate(tokens):
        atomic_write(out / f"{place:04d}.mid", midi_bytes(clip_notes(clip)))
