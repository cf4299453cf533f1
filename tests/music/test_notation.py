"""MusicXML, compressed MusicXML, ABC and kern."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import read_score

# Two bars of Twinkle; the last note is tied over the middle of its bar.
ABC = "X:1\nT:Twinkle\nM:4/4\nL:1/4\nQ:1/4=100\nK:C\nC C G G | A A G2 |]\n"
KERN = """**kern
*M4/4
*MM100
=1
4c
4c
4g
4g
=2
4a
4a
2g
==
*-
"""


def note(step: str, divisions: int, extra: str = "") -> str:
    return f"<note>{extra}<pitch><step>{step}</step><octave>4</octave></pitch><duration>{divisions}</duration></note>"


def music_xml(first_bar: str | None = None) -> str:
    pickup = "" if first_bar is None else f'<measure number="0" implicit="yes">{first_bar}</measure>'
    attributes = (
        "<attributes><divisions>2</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>"
    )
    tempo = '<direction><sound tempo="100"/></direction>'
    bars = [
        "".join(note(step, 2) for step in "CCGG"),
        "".join(note(step, 2) for step in "AA")
        + '<note><pitch><step>G</step><octave>4</octave></pitch><duration>2</duration><tie type="start"/></note>'
        + '<note><pitch><step>G</step><octave>4</octave></pitch><duration>2</duration><tie type="stop"/></note>',
    ]
    if pickup:
        pickup = pickup.replace(">", ">" + attributes + tempo, 1)
        attributes = tempo = ""
    measures = f'<measure number="1">{attributes}{tempo}{bars[0]}</measure><measure number="2">{bars[1]}</measure>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><score-partwise version="3.1"><part-list><score-part id="P1">'
        f'<part-name>Voice</part-name></score-part></part-list><part id="P1">{pickup}{measures}</part></score-partwise>'
    )


def mxl(content: str, member: str = "score.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", '<rootfile full-path="Rock & Roll.xml"/>')
        archive.writestr(member, content)
    return packed.getvalue()


FILES = {
    "twinkle.abc": ABC.encode(),
    "twinkle.krn": KERN.encode(),
    "twinkle.musicxml": music_xml().encode(),
    "twinkle.mxl": mxl(music_xml()),
}


@pytest.mark.parametrize("name", FILES)
def test_every_notation_gives_the_same_clip(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    score = read_score(path)
    clips = extract_melodies(score, MelodyRules(per_file=None, programs=None)).clips
    assert clips.tokens.tolist() == [
        [41, 0, 0, 0, 41, 0, 0, 0, 48, 0, 0, 0, 48, 0, 0, 0, 50, 0, 0, 0, 50, 0, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0]
    ]
    assert score.tempos["qpm"].tolist() == pytest.approx([100.0])
    assert (score.name, score.path) == (name, str(path))


def test_a_pickup_bar_is_filled_from_the_left(tmp_path: Path) -> None:
    path = tmp_path / "pickup.musicxml"
    path.write_text(music_xml(first_bar=note("E", 2)))
    assert read_score(path).notes["start_quarter"].tolist() == [3, 4, 5, 6, 7, 8, 9, 10]


def test_chord_symbols_are_no_notes(tmp_path: Path) -> None:
    path = tmp_path / "lead.abc"
    path.write_text(ABC.replace("C C", '"C7"C C'))
    assert len(read_score(path).notes) == 7


HARMONY = "<harmony><root><root-step>D</root-step></root><kind>minor</kind><offset>{offset}</offset></harmony>"


def test_a_chord_symbol_moves_no_note_wherever_it_stands(tmp_path: Path) -> None:
    plain, changed = (tmp_path / f"{name}.musicxml" for name in ("plain", "changed"))
    plain.write_text(music_xml())
    # The last lies beyond the end of its bar, as in a lead sheet of OpenEWLD.
    symbols = "".join(HARMONY.format(offset=offset) for offset in (0, 3, 10))
    changed.write_text(music_xml().replace("</attributes>", f"</attributes>{symbols}"))
    notes = [read_score(path).notes for path in (plain, changed)]
    np.testing.assert_array_equal(*notes)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.abc", b""),
        ("noise.musicxml", bytes(range(256))),
        ("cut.musicxml", music_xml()[:400].encode()),
        ("text.mxl", b"PK but no archive"),
        ("cut.mxl", mxl(music_xml())[:200]),
        ("bare.mxl", mxl("nothing", member="readme.txt")),
        ("deep.musicxml", b"<harmony>" * 3000 + b"</harmony>" * 3000),
        ("laughs.musicxml", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
    ],
)
def test_damage_is_one_sentence_that_names_the_file(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MusicError) as caught:
        read_score(tmp_path / name)
    assert str(caught.value).startswith(name)


def test_a_compressed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.mxl").write_bytes(mxl(" " * 3_000_000))
    with pytest.raises(MusicError, match="unpacks to more than 1000000"):
        read_score(tmp_path / "bomb.mxl", Limits(bytes=1_000_000))


def test_real_lead_sheets_are_read(shared: Path) -> None:
    files = sorted((shared / "corpora" / "openewld").rglob("*.mxl"))[3::125]
    rules = MelodyRules(per_file=None, programs=None)
    assert sum(len(extract_melodies(read_score(path), rules).clips) for path in files) > 20
