"""`encode`, `decode`, `analyses`, `run` with a real engine and a small model."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.music.reading import read_score
from innervoice.study.document import Study

pytestmark = pytest.mark.usefixtures("small_engine")
Command = Callable[..., Any]


def test_models_in_words_and_as_json(command: Command) -> None:
    done = command("models")
    assert (done.status, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()] == [
        ["name", "kind", "neurons", "clip", "encode", "decode", "size"],
        ["small", "small", "8", "2bar", "yes", "yes", "0.0", "MB"],
        ["decoder", "small", "8", "2bar", "no", "yes", "0.0", "MB"],
    ]
    assert [one["name"] for one in json.loads(command("models", "--json").out)] == ["small", "decoder"]


def test_the_card_of_a_model_in_words_and_as_json(command: Command) -> None:
    done = command("models", "small")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:3] == ["small", "=====", "It repeats the first latent."]
    assert "Steps right       25.0%" in lines
    assert "  Loss  █▁                                4 → 2" in lines
    assert "b.mid" not in done.out
    assert "  b.mid" in command("models", "small", "--songs").out.splitlines()
    answer = json.loads(command("models", "small", "--json").out)
    assert (answer["neurons"], answer["card"]["held_out"]) == (8, {"steps_right": 0.25})
    assert "This model has no card" in command("models", "decoder").out


def test_a_card_as_a_page(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "card.html"
    done = command("models", "small", "--out", out)
    assert (done.status, done.out) == (0, f"The card of small is {out}\n")
    assert out.read_text(encoding="utf-8").count("<svg") == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("models", "nobody"), 1, "no model nobody"),
        (("models", "--songs"), 2, "--songs needs the name of a model"),
        (("models", "--out", "{tmp}/card.html"), 2, "--out needs the name of a model"),
        (("models", "small", "--out", "{tmp}"), 1, "is a folder"),
        (("models", "small", "decoder"), 2, "unrecognized arguments: decoder"),
    ],
)
def test_what_no_card_can_be_shown_for_is_one_line(
    command: Command, tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    done = command(*(word.format(tmp=tmp_path) for word in words))
    assert done.status == status
    assert said in done.error


def test_encode_writes_arrays_that_need_no_pickle(command: Command, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.npz"
    done = command("encode", folder, "--model", "small", "--out", out)
    assert (done.status, done.err) == (0, "")
    with np.load(out, allow_pickle=False) as data:
        arrays = dict(data)
    n = len(arrays["tokens"])
    assert n > 2
    assert (arrays["tokens"].dtype, arrays["tokens"].shape) == (np.int16, (n, 32))
    for name in ("mu", "sigma"):
        assert (arrays[name].dtype, arrays[name].shape) == (np.float32, (n, 8))
    assert np.array_equal(arrays["mu"], arrays["tokens"].reshape(n, 8, -1).mean(2).astype(np.float32))
    assert arrays["source"].dtype.names == ("file", "track", "first_step")
    assert set(arrays["source"]["file"].tolist()) == {"a.mid", "b.mid"}
    assert (arrays["source"]["first_step"] % 16 == 0).all()
    assert done.out == f"{out}: {n} clips encoded with small\n"


def test_encode_takes_all_clips_unless_told_otherwise(command: Command, folder: Path, tmp_path: Path) -> None:
    counts = []
    for words in ((), ("--per-file", "1")):
        command("encode", folder, "--model", "small", "--out", tmp_path / "p.npz", *words)
        with np.load(tmp_path / "p.npz") as data:
            counts.append(len(data["mu"]))
    assert counts[1] == 2 < counts[0]


def test_encode_fills_a_study_once(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study)
    first, second = (
        json.loads(command("encode", "--study", study, "--model", "small", "--json").out)["encoded"] for _ in range(2)
    )
    assert first > 0
    assert second == 0
    done = command("encode", "--study", study, "--model", "small", "--out", tmp_path / "p.npz")
    assert done.out == f"{tmp_path / 'p.npz'}: {first} clips encoded with small\n"
    with Study(study, create=False) as document:
        assert len(document.posteriors("sha-of-small")[0]) == first


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("encode", "{folder}", "--model", "nothing", "--out", "{tmp}/p.npz"), 1, "no model nothing"),
        (("encode", "{folder}", "--model", "decoder", "--out", "{tmp}/p.npz"), 1, "decoder cannot encode"),
        (("encode", "{folder}", "--model", "small", "--out", "{tmp}/no/p.npz"), 1, "its folder does not exist"),
        (("encode", "{folder}", "--model", "small", "--out", "{tmp}"), 1, "is a folder"),
        (("encode", "--model", "small", "--out", "{tmp}/p.npz"), 2, "either music files or --study"),
        (("encode", "{folder}", "--study", "s", "--model", "small", "--out", "{tmp}/p.npz"), 2, "either music files"),
        (("encode", "--study", "{tmp}/none.innervoice", "--model", "small"), 1, "none.innervoice"),
        (("encode", "{folder}", "--model", "four", "--out", "{tmp}/p.npz"), 1, "four reads clips of 64 steps"),
        (
            ("encode", "{folder}", "--model", "bars", "--out", "{tmp}/p.npz"),
            1,
            "bars is not for melodies: it describes",
        ),
        (("run", "draw", "{folder}", "--model", "bars", "--out", "{tmp}/r"), 1, "bars is not for melodies"),
        (("encode", "{folder}", "--model", "small", "--out", "{tmp}/p", "--pitches", "80-60"), 2, "--pitches"),
        (("encode", "{folder}", "--model", "small", "--out", "{tmp}/p", "--programs", "0,128"), 2, "--programs"),
        (("encode", "{folder}", "--model", "small", "--out", "{tmp}/p", "--gap", "-1"), 2, "--gap"),
        (("run", "nothing", "{folder}", "--model", "small", "--out", "{tmp}/r"), 1, "no analysis nothing"),
        (("run", "draw", "{folder}", "--model", "small", "--out", "{tmp}/r", "--set", "size=3"), 1, "size"),
        (("run", "draw", "{folder}", "--model", "small", "--out", "{tmp}/r", "--set", "count=0"), 1, "count"),
        (("run", "draw", "{folder}", "--model", "small", "--out", "{tmp}/r", "--set", "count=many"), 1, "count"),
        (("run", "broken", "{folder}", "--model", "small", "--out", "{tmp}/r"), 1, "author made a mistake"),
        (("run", "draw", "{folder}", "--model", "small", "--out", "{folder}/a.mid/r"), 1, "cannot be made"),
        (("run", "draw", "--model", "small", "--out", "{tmp}/r"), 2, "either music files or --study"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    command: Command, folder: Path, tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    done = command(*(word.format(folder=folder, tmp=tmp_path) for word in words))
    assert done.status == status
    assert said in done.error


def test_encode_of_a_bad_file_names_it(command: Command, bad_file: Path, tmp_path: Path) -> None:
    done = command("encode", bad_file, "--model", "small", "--out", tmp_path / "p.npz")
    assert done.status == 1
    assert bad_file.name in done.error
    assert not (tmp_path / "p.npz").exists()


def test_encode_of_a_folder_with_bad_files_takes_the_good(command: Command, mixed_folder: Path, tmp_path: Path) -> None:
    done = command("encode", mixed_folder, "--model", "small", "--out", tmp_path / "p.npz")
    assert done.status == 0
    assert len(done.err.splitlines()) == 6
    with np.load(tmp_path / "p.npz") as data:
        assert set(data["source"]["file"].tolist()) == {"a.mid", "b.mid"}


def test_decode_writes_tokens_and_one_midi_file_each(command: Command, tmp_path: Path) -> None:
    latents = np.zeros((3, 8), np.float32)
    latents[:, 0] = (41, 43, 1)
    np.save(tmp_path / "z.npy", latents)
    out = tmp_path / "out"
    done = command("decode", tmp_path / "z.npy", "--model", "small", "--out", out)
    assert (done.status, done.err) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["0000.mid", "0001.mid", "0002.mid", "tokens.npy"]
    tokens = np.load(out / "tokens.npy", allow_pickle=False)
    assert (tokens.dtype, tokens.shape) == (np.int16, (3, 32))
    assert set(read_score(out / "0000.mid").notes["pitch"].tolist()) == {60}
    assert len(read_score(out / "0000.mid").notes) == 32


def test_decode_at_a_temperature_goes_by_the_seed(command: Command, tmp_path: Path) -> None:
    np.save(tmp_path / "z.npy", np.full((2, 8), 40, np.float32))
    tokens = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        words = ("--temperature", "2", "--seed", seed)
        assert command("decode", tmp_path / "z.npy", "--model", "small", "--out", tmp_path / name, *words).status == 0
        tokens[name] = (tmp_path / name / "tokens.npy").read_bytes()
    assert tokens["a"] == tokens["b"] != tokens["c"]


BAD_LATENTS = {
    "text": (b"not an array", "no array of numbers"),
    "archive": (b"PK\x03\x04 cut short", "no array of numbers"),
    "width": (np.zeros((2, 5)), "8 neurons"),
    "shape": (np.zeros((2, 2, 2)), "shape [2, 2, 2]"),
    "empty": (np.zeros((0, 8)), "shape [0, 8]"),
    "nan": (np.full((1, 8), np.nan), "not finite"),
    "words": (np.array(["a", "b"]), "no array of numbers"),
}


@pytest.mark.parametrize("name", sorted(BAD_LATENTS))
def test_decode_of_what_is_no_latent_is_one_line(command: Command, tmp_path: Path, name: str) -> None:
    content, said = BAD_LATENTS[name]
    path = tmp_path / f"{name}.npy"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        np.save(path, content)
    done = command("decode", path, "--model", "small", "--out", tmp_path / "out")
    assert done.status == 1
    assert said in done.error
    assert str(path) in done.error
    assert not (tmp_path / "out").exists()


def test_decode_with_a_model_of_something_else_is_one_line(command: Command, tmp_path: Path) -> None:
    np.save(tmp_path / "z.npy", np.zeros((1, 8), np.float32))
    done = command("decode", tmp_path / "z.npy", "--model", "bars", "--out", tmp_path / "out")
    assert done.status == 1
    assert "bars is not for melodies: it describes bars; choose a MusicVAE" in done.error
    assert not (tmp_path / "out").exists()


def test_an_array_of_objects_is_never_unpickled(command: Command, tmp_path: Path) -> None:
    np.save(tmp_path / "z.npy", np.array([{"a": 1}], object), allow_pickle=True)
    done = command("decode", tmp_path / "z.npy", "--model", "small", "--out", tmp_path / "out")
    assert "no array of numbers" in done.error


def test_analyses_in_words_and_as_json(command: Command) -> None:
    done = command("analyses")
    assert done.status == 0
    assert "draw  Draw\n  Draws random numbers.\n  needs clips, encode\n  --set count=3  int 1 to 100" in done.out
    assert "bad-plugin could not be loaded: ImportError" in done.err
    listed = {one["id"]: one for one in json.loads(command("analyses", "--json").out)}
    assert listed["draw"]["schema"]["fields"][0]["maximum"] == 100
