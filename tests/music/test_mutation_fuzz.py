"""Seeded mutants of real and written files: each ends in a score that gives clips, or in exactly a MusicError."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from innervoice.music.errors import MusicError
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.midi import score_from_midi
from innervoice.music.tokens import CLASSES
from innervoice.resources import resource

MUTANTS = 400


def mutate(data: bytes, chance: random.Random) -> bytes:
    """A few changes of the kinds that break parsers: bytes, bits, cuts, copies, lengths."""
    mutant = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(mutant)) if mutant else 0
        stop = place + chance.randint(1, 24)
        kind = chance.randrange(6)
        if kind == 0 and mutant:
            mutant[place] = chance.randrange(256)
        elif kind == 1 and mutant:
            mutant[place] ^= 1 << chance.randrange(8)
        elif kind == 2:
            del mutant[place:stop]
        elif kind == 3:
            mutant[place:place] = mutant[place:stop]
        elif kind == 4:
            mutant[place : place + 4] = chance.choice((b"\xff\xff\xff\x7f", b"\x80\x00", b"\xff\x51\x00", b"MTrk"))
        elif mutant:
            mutant[chance.randrange(min(len(mutant), 22))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
    return bytes(mutant)


def repair_lengths(data: bytes) -> bytes:
    """Give the one track its real length again, so that mutants get past the chunk headers."""
    return data[:18] + (len(data) - 22).to_bytes(4, "big") + data[22:]


@pytest.fixture
def parents(smf: Callable[..., bytes]) -> list[bytes]:
    tune = resource("tunes", "twinkle.mid").read_bytes()
    body = [(tick, bytes((0x90 | tick % 3, 40 + tick % 60, tick % 4 * 20))) for tick in range(0, 6000, 7)]
    single = smf([(0, b"\xff\x51\x03\x07\xa1\x20"), (0, b"\xff\x58\x04\x04\x02\x18\x08"), *body], kind=0)
    return [tune, single]


def outcome(data: bytes) -> str:
    try:
        score = score_from_midi(data, "mutant.mid")
    except MusicError as error:
        return "refused" if str(error).startswith("mutant.mid") else f"refused namelessly: {error}"
    clips = extract_melodies(score, MelodyRules(per_file=None)).clips
    assert ((clips.tokens >= 0) & (clips.tokens < CLASSES)).all()
    assert (score.notes["end"] > score.notes["start"]).all()
    return "read"


def test_mutants_end_in_a_score_or_a_music_error(parents: list[bytes]) -> None:
    chance = random.Random(20)
    seen = Counter(outcome(mutate(parents[number % 2], chance)) for number in range(MUTANTS))
    seen.update(outcome(repair_lengths(mutate(parents[1], chance))) for _ in range(MUTANTS))
    assert set(seen) == {"read", "refused"}
    assert min(seen.values()) > 50


def test_mutants_of_real_files(shared: Path) -> None:
    chance = random.Random(7)
    files = sorted((shared / "corpora" / "pop-music").glob("*.midi"))
    seen = Counter(outcome(mutate(chance.choice(files).read_bytes(), chance)) for _ in range(MUTANTS // 2))
    assert set(seen) <= {"read", "refused"}
