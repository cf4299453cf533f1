"""Files that are damaged, huge or meant to harm: one sentence each, and no memory or time lost on them."""

import os
import resource
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.midi import score_from_midi
from innervoice.music.reading import find_scores, read_score

NOTE = [(0, b"\x90\x3c\x40"), (480, b"\x80\x3c\x40")]


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """No test here may take more than 2 GB on top of what the process has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * os.sysconf("SC_PAGE_SIZE") + 2_000_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def refusal(tmp_path: Path, data: bytes, name: str = "bad.mid") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(MusicError) as caught:
        read_score(path)
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_every_truncation_of_a_file_is_refused(smf: Callable[..., bytes]) -> None:
    data = smf([(0, b"\xff\x51\x03\x07\xa1\x20"), *NOTE], NOTE)
    for length in range(len(data)):
        with pytest.raises(MusicError):
            score_from_midi(data[:length], "cut.mid")


@pytest.mark.parametrize("data", [b"MThd", b"Dear Sir,\nplease find the tune attached.\n", bytes(5000)])
def test_what_is_no_midi_is_named_so(data: bytes, tmp_path: Path) -> None:
    assert "is not a MIDI file" in refusal(tmp_path, data)


def test_an_empty_file_is_named_so(tmp_path: Path) -> None:
    assert "is empty" in refusal(tmp_path, b"")


def test_smpte_time_is_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    assert "SMPTE" in refusal(tmp_path, smf(NOTE, division=0xE728))


def test_no_ticks_per_quarter_is_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    assert "0 ticks" in refusal(tmp_path, smf(NOTE, division=0))


def test_65535_tracks_are_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    assert "65535 tracks" in refusal(tmp_path, smf(NOTE, declared=65535))


def test_a_track_length_beyond_the_file_is_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    data = bytearray(smf(NOTE))
    data[18:22] = b"\xff\xff\xff\xf0"
    assert "cut short" in refusal(tmp_path, bytes(data))


def test_one_huge_delta_is_refused_without_memory(tmp_path: Path) -> None:
    track = b"\x00\x90\x3c\x40\xff\xff\xff\x7f\x80\x3c\x40\x00\xff\x2f\x00"
    bomb = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", len(track)) + track
    assert len(bomb) == 37
    assert "lasts 279620 s" in refusal(tmp_path, bomb)


def test_a_file_of_300_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.mid"
    with path.open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(MusicError, match="300000000 bytes, above the limit"):
        read_score(path)


def test_a_million_notes_are_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    body = b"\x00\x90\x3c\x40" + b"\x01\x3c\x00\x00\x3c\x40" * 1_000_000
    data = smf([])[:14] + b"MTrk" + struct.pack(">I", len(body)) + body
    assert "notes, above the limit of 500000" in refusal(tmp_path, data)


def test_endless_tempo_changes_are_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    body = b"\x01\xff\x51\x03\x07\xa1\x20\x01\xff\x51\x03\x07\xa1\x21" * 60_000
    data = smf([])[:14] + b"MTrk" + struct.pack(">I", len(body)) + body
    assert "changes tempo or meter more than" in refusal(tmp_path, data)


def test_running_status_garbage_is_refused(smf: Callable[..., bytes], tmp_path: Path) -> None:
    assert "no status" in refusal(tmp_path, smf([(0, bytes(range(1, 100)))]))


def test_folders_devices_and_missing_files_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mid")
    for path in (tmp_path, tmp_path / "pipe.mid", Path("/dev/zero")):
        with pytest.raises(MusicError, match="is not a file"):
            read_score(path)
    with pytest.raises(MusicError, match=r"gone\.mid cannot be opened"):
        read_score(tmp_path / "gone.mid")


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    assert "of no kind that is read" in refusal(tmp_path, b"", "tune.wav")


@pytest.mark.parametrize(
    ("track", "reason"),
    [
        ([], "no notes"),
        ([(0, b"\x99\x24\x40"), (480, b"\x89\x24\x40")], "no note of the programs"),
        ([(0, b"\xff\x58\x04\x03\x02\x18\x08"), *NOTE], "meter 3/4"),
        ([(0, b"\xff\x58\x04\x00\x02\x18\x08"), *NOTE], "meter 0/4"),
    ],
)
def test_a_good_file_without_melody_is_a_score_with_a_reason(
    track: list[tuple[int, bytes]], reason: str, smf: Callable[..., bytes]
) -> None:
    extraction = extract_melodies(score_from_midi(smf(track), "odd.mid"), MelodyRules())
    assert len(extraction.clips) == 0
    assert reason in extraction.rejected[0].reason


def test_limits_can_be_set(smf: Callable[..., bytes], tmp_path: Path) -> None:
    path = tmp_path / "one.mid"
    path.write_bytes(smf(NOTE, NOTE))
    for limits in (Limits(bytes=20), Limits(notes=1), Limits(seconds=0.1), Limits(tracks=1)):
        with pytest.raises(MusicError, match="above the limit"):
            read_score(path, limits)


def test_scores_are_found_in_folders_in_order(tmp_path: Path) -> None:
    for name in ("b/2.MID", "a/1.midi", "a/notes.txt", "c.abc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in find_scores([tmp_path])]
    assert found == ["a/1.midi", "b/2.MID", "c.abc"]
    assert list(find_scores([tmp_path / "x.wav"])) == [tmp_path / "x.wav"]
