"""A model's card: every part in its place, an older card read all the same, a stranger's card survived."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innervoice.plugin.figures import Curve
from innervoice.report.model_card.blocks import Document, Names, Paragraph, Points, Rows
from innervoice.report.model_card.document import NO_CARD, document
from innervoice.report.model_card.page import model_page
from innervoice.report.model_card.reading import READ, read_card
from innervoice.report.model_card.space import corners, possible_clips
from innervoice.report.model_card.text import card_text
from innervoice.resources import resource

EVIL = '<script>alert("x")</script>\x1b[31m'
CARD: dict[str, Any] = {
    "what": "It gives two bars of melody back.",
    "licence": "Apache-2.0",
    "command": "innervoice train 2bar --corpus irish --out m",
    "limits": ["It knows no polyphony.", "It knows no triplets."],
    "tried": ["More beta: fewer neurons."],
    "data": [
        {"corpus": "irish", "what": "tunes", "licence": "CC BY 4.0", "songs": 1200, "clips": 34000},
        {"corpus": "pop", "songs": 300, "clips": 9000},
    ],
    "songs": 1500, "clips": 43000, "held_out_clips": 2000, "files_without_clips": 1,
    "held_out_songs": ["irish/1.mid", "pop/2.mid"], "watched_songs": ["irish/3.mid"],
    "begun_from": {"name": "older", "sha256": "ab", "card": {"data": [{"corpus": "scales", "licence": "MIT"}]}},
    "settings": {"rate": 0.0015, "last_rate": 2e-05, "batch": 64, "tied": True},
    "backend": "jax", "steps": 40000, "seconds": 12000,
    "held_out": {"steps_right": 0.981, "note_f1": 0.97, "music_neurons": 46.0},
    "held_out_by_corpus": {"irish": {"steps_right": 0.99}, "pop": {"steps_right": 0.97, "note_f1": 0.9}},
    "baselines": {"always_hold": {"steps_right": 0.521}, "bar_before": {"steps_right": 0.6, "note_f1": 0.25}},
    "curves": {
        "training": [{"step": 50, "loss": 90.0, "divergence": 9.5, "accuracy": 0.5},
                     {"step": 100, "loss": 40.0, "divergence": 30.0, "accuracy": 0.75}],
        "held_out": [
            {"step": 100, "steps_right": 0.5, "perplexity": 9.0, "loss": 44.0, "note_recall": 0.5, "music_neurons": 46,
             "noise_neurons": 460, "log_likelihood": -2.5},
        ],
    },
    "note": "It is young.",
}  # fmt: skip
MODEL = {"name": "m", "kind": "musicvae", "neurons": 512, "clip": "2bar", "can_encode": True, "can_decode": True}


def laid_out(card: Any) -> Document:
    return document(MODEL | {"parameters": 3189338, "size_bytes": 6_380_444, "card": card})


def blocks(card: Any, heading: str) -> tuple[Any, ...]:
    return next((section.blocks for section in laid_out(card).sections if section.heading == heading), ())


def test_each_part_of_a_card_has_its_place() -> None:
    card = laid_out(CARD)
    assert card.lead == CARD["what"]
    assert dict(card.facts) == {
        "kind": "MusicVAE", "neurons": "512", "clip": "2bar", "can": "encode and decode", "weights": "3,189,338",
        "size": "6.4 MB", "licence": "Apache-2.0",
    }  # fmt: skip
    assert [section.heading for section in card.sections] == [
        "On songs it never saw", "While it learned", "What it learned from", "What it cannot do", "What was tried",
        "How it was made", "Also in the card",
    ]  # fmt: skip
    assert set(CARD) - READ == {"note"}


def test_figures_stand_beside_those_of_trivial_answers() -> None:
    table = blocks(CARD, "On songs it never saw")[0]
    assert isinstance(table, Rows)
    assert table.columns == ("", "This model", "Always hold", "Bar before")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Steps right", "98.1%", "52.1%", "60.0%"],
        ["Note F1", "97.0%", "–", "25.0%"],
        ["Music neurons", "46", "–", "–"],
    ]
    assert [cell.share for cell in table.rows[0]] == [None, 0.981, 0.521, 0.6]
    assert [cell.share for cell in table.rows[2]] == [None] * 4
    assert [table.is_own(column) for column in range(4)] == [False, True, False, False]


def test_figures_of_each_corpus_stand_below_of_six_at_most() -> None:
    table, words = blocks(CARD, "On songs it never saw")[2:]
    assert table.columns == ("", "irish", "pop")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Steps right", "99.0%", "97.0%"],
        ["Note F1", "–", "90.0%"],
    ]
    assert words == Paragraph("The same on the held-out songs of each corpus alone.")
    assert [table.is_own(column) for column in range(3)] == [False, True, True]
    many = {"held_out_by_corpus": {f"folder {number}": {"steps_right": 0.5} for number in range(9)}}
    table, words = blocks(CARD | many, "On songs it never saw")[2:]
    assert table.columns == ("", *(f"folder {number}" for number in range(6)))
    assert "the first 6 corpora" in words.text


def test_curves_are_figures_by_kind_of_measure() -> None:
    figures = blocks(CARD, "While it learned")
    assert all(isinstance(figure, Curve) for figure in figures)
    drawn = {figure.title: {line.label: line.points.tolist() for line in figure.lines} for figure in figures}
    assert drawn == {
        "What comes out right": {"Accuracy, training": [[50, 50], [100, 75]], "Steps right, unseen": [[100, 50]]},
        "Precision and recall": {"Note recall, unseen": [[100, 50]]},
        "Loss": {"Loss, training": [[50, 90], [100, 40]], "Loss, unseen": [[100, 44]]},
        "Divergence": {"Divergence": [[50, 9.5], [100, 30]]},
        "Music neurons and noise neurons": {"Music neurons": [[100, 46]], "Noise neurons": [[100, 460]]},
        "Perplexity": {"Perplexity": [[100, 9]]},
        "Log likelihood": {"Log likelihood": [[100, -2.5]]},
    }
    nats = "information (nats)"
    assert [str(figure.y) for figure in figures] == [
        "share (%)", "share (%)", nats, nats, "neurons", "perplexity", nats,
    ]  # fmt: skip


def test_text_says_what_the_card_says_and_lists_songs_on_demand() -> None:
    text = card_text(laid_out(CARD), 80)
    expected = [
        "98.1%", "1,500 songs gave 43,000 clips", "2 songs took no part", "On 1 song it was only measured",
        "- It knows no triplets.",
        "1 file held nothing", "40,000 steps in 3 h 20 min on JAX.",
        "It began as older, which had learned from scales (MIT).", "0.00002", "CC BY 4.0",
        CARD["command"], "It is young.",
    ]  # fmt: skip
    unwrapped = " ".join(text.split())
    assert [words for words in expected if words not in unwrapped] == []
    assert "pop/2.mid" not in text
    assert "2 held-out songs (--songs lists them)" in text
    assert "  pop/2.mid\n" in card_text(laid_out(CARD), 80, names=True)
    prose = [line for line in text.splitlines() if not line.startswith(CARD["command"])]
    assert max(map(len, prose)) <= 80


def test_a_curve_in_text_rises_where_the_numbers_rise() -> None:
    steps = [{"step": step, "loss": float(value)} for step, value in enumerate([3, 2, 1, 0, 7])]
    text = card_text(laid_out({"curves": {"training": steps}}))
    assert "▄▃▂▁█" in text
    assert "3 → 7" in text


def test_the_page_holds_it_all_and_runs_nothing_of_it() -> None:
    page = model_page(
        laid_out(CARD | {"what": EVIL, "limits": [EVIL], "note": EVIL, "held_out_songs": [EVIL]})
    ).decode()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 4
    assert "\x1b" not in page
    assert page.count("<svg") == 7
    assert "width: 98.1%" in page
    assert page.count('<td class="number own">') == 3 + 2 * 2
    assert page.count("<details>") == 2


def test_the_card_of_the_first_shipped_model_is_still_read() -> None:
    """Its data were texts by name, and what always holding gives stood among its own figures."""
    old = {
        "corpora": ["cre-irish"], "data": {"cre-irish": "Irish tunes, CC BY 4.0"}, "seconds_of_last_run": 3506,
        "held_out": {"steps_right": 0.915, "clips_right": 0.482, "hold_baseline": 0.521},
    }  # fmt: skip
    card = read_card(old)
    assert card.baselines == {"always_hold": {"steps_right": 0.521}}
    assert "hold_baseline" not in card.held_out
    assert [(one.name, one.what) for one in card.data] == [("cre-irish", "Irish tunes, CC BY 4.0")]
    assert [one.name for one in read_card({"corpora": ["a", "b"]}).data] == ["a", "b"]
    assert card.others == {"seconds_of_last_run": "3506"}
    assert not card.unread


def test_the_shipped_cards_are_read_without_a_hole() -> None:
    for path in sorted(resource("models").glob("*.safetensors")):
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        card = read_card(about["card"])
        assert not card.unread
        assert card.held_out
        assert card.baselines
        assert card.held_out_songs
        assert card.training


@pytest.mark.parametrize("card", [None, {}])
def test_a_model_without_a_card_says_so(card: Any) -> None:
    assert laid_out(card).lead == NO_CARD
    assert not laid_out(card).sections
    assert NO_CARD in card_text(laid_out(card))
    assert NO_CARD.encode() in model_page(laid_out(card))


def test_what_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    card = laid_out(CARD | {"curves": {"training": [{"step": 1, "loss": "low"}]}, "songs": -1, "limits": 7})
    (unread,) = next(section.blocks for section in card.sections if section.heading == "What could not be read")
    assert unread == Points(("curves: not a number that can be shown", "limits: no list of texts", "songs: no count"))
    assert blocks(CARD | {"limits": 7}, "What it learned from") == blocks(CARD, "What it learned from")


def test_too_much_is_refused_in_words() -> None:
    many = {f"measure_{number}": 0.5 for number in range(1000)}
    card = read_card({"held_out": many, "settings": many, "curves": {"training": [{"step": 1} | many]}})
    assert card.unread == (
        "curves: more than 40 measures",
        "held_out: more than 40 measures",
        "settings: more than 200 settings",
    )
    assert read_card({"what": "long " * 10_000}).what.endswith("…")
    assert len(read_card({"what": "long " * 10_000}).what) == 4000
    assert card_text(laid_out({"settings": {"steps": 10**400, "rate": 1e999}, "songs": 10**400, "seconds": 10**400}))


def test_names_of_songs_keep_their_number() -> None:
    songs = [f"irish/{number}.mid" for number in range(5000)]
    names = [block for block in blocks({"held_out_songs": songs}, "What it learned from") if isinstance(block, Names)]
    assert names == [Names("5,000 held-out songs", tuple(songs))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIGURES = st.dictionaries(st.sampled_from(["step", "loss", "accuracy", "divergence", "note_f1"]), st.floats() | JSON)
PARTS = JSON | st.dictionaries(st.sampled_from(["training", "held_out"]), st.lists(FIGURES, max_size=4))


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(sorted(READ)) | st.text(max_size=8), PARTS, max_size=8))
def test_no_card_is_too_strange_to_be_shown(card: dict[str, Any]) -> None:
    shown = laid_out(card)
    text = card_text(shown, 60)
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    for figure in (block for section in shown.sections for block in section.blocks if isinstance(block, Curve)):
        assert all(np.isfinite(line.points).all() and len(line.points) for line in figure.lines)


def test_a_card_of_single_held_out_clips_speaks_of_no_songs() -> None:
    told = blocks({"held_out": {"note_f1": 0.5}, "held_out_clips": 12}, "On songs it never saw")[-1]
    assert told == Paragraph("Measured on 12 clips that were held out before training.")


def test_a_card_tells_how_large_the_space_is() -> None:
    """The numbers of the paper, computed: 130^32 is 10^67.65, 90^32 is 10^62.54, 2^512 is 10^154.13."""
    facts = dict(document(MODEL | {"steps": 32}).facts)
    assert facts["space"] == (
        "90 tokens in 32 steps make 10^62.5 clips (with the paper's 130 tokens 10^67.6); 512 neurons, each high or "
        "low, make 10^154.1 places"
    )
    assert possible_clips(32, 130) == pytest.approx(67.65, abs=0.005)
    assert possible_clips(32) == pytest.approx(len(str(90**32)) - 1, abs=1)
    assert corners(512) == pytest.approx(154.13, abs=0.005)
    assert "space" not in dict(document(MODEL | {"kind": "barvae", "steps": 16}).facts)
