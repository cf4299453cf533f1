"""What a card has to say, in the order in which a reader wants it: one text for terminal, page and window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from innervoice.report.model_card.blocks import (
    Block,
    Cell,
    Command,
    Document,
    Names,
    Paragraph,
    Points,
    Rows,
    Section,
    Values,
)
from innervoice.report.model_card.card import Figures, ModelCard
from innervoice.report.model_card.curves import training_figures
from innervoice.report.model_card.reading import read_card
from innervoice.report.model_card.space import space_in_words
from innervoice.report.model_card.words import KINDS, WORDS, counted, duration, in_words, is_share, measure, number

MOST_COLUMNS = 6
"""Columns that have room."""
NO_CARD = "This model has no card: nothing is known of how it was made or how well it does."


def document(model: Mapping[str, Any]) -> Document:
    """Lay a model's card out.

    Parameters
    ----------
    model : mapping
        Its entry in the catalogue, with "card" as it stands beside the weights.
    """
    card = read_card(model.get("card"))
    lead = card.what or (NO_CARD if card.empty else "Its card does not say in a sentence what it is.")
    parts = {
        "On songs it never saw": _results(card),
        "While it learned": training_figures(card),
        "What it learned from": _music(card),
        "What it cannot do": _points(card.limits),
        "What was tried": _points(card.tried),
        "How it was made": _making(card),
        "Also in the card": _others(card),
        "What could not be read": _points(card.unread),
    }
    sections = [Section(heading, tuple(blocks)) for heading, blocks in parts.items()]
    return Document(
        str(model.get("name", "")), lead, tuple(_facts(model, card)), tuple(s for s in sections if s.blocks)
    )


def _facts(model: Mapping[str, Any], card: ModelCard) -> Iterator[tuple[str, str]]:
    kind = str(model.get("kind", ""))
    yield "kind", KINDS.get(kind, kind)
    if model.get("neurons"):
        yield "neurons", number(model["neurons"])
    if model.get("clip"):
        yield "clip", str(model["clip"])
    if kind == "musicvae" and model.get("steps") and model.get("neurons"):
        yield "space", space_in_words(int(model["steps"]), int(model["neurons"]))
    abilities = [verb for verb in ("encode", "decode") if model.get(f"can_{verb}")]
    yield "can", " and ".join(abilities) or "neither encode nor decode"
    if model.get("parameters"):
        yield "weights", number(model["parameters"])
    if model.get("size_bytes"):
        yield "size", f"{model['size_bytes'] / 1e6:.1f} MB"
    yield "licence", card.licence or "not stated"


def _points(items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Points(items),) if items else ()


def _results(card: ModelCard) -> Iterator[Block]:
    if not card.held_out:
        return
    answers = {"This model": card.held_out, **{in_words(name): value for name, value in card.baselines.items()}}
    yield _beside_each_other(answers, 1)
    clips = counted(card.held_out_clips, "clip") if card.held_out_clips else ""
    # Of too few songs single clips are held out: then the card names no song.
    music = counted(len(card.held_out_songs), "song") if card.held_out_songs else clips or "songs"
    music += f" ({clips})" if card.held_out_songs and clips else ""
    beside = " The columns beside it are trivial answers to the same." if card.baselines else ""
    yield Paragraph(f"Measured on {music} that were held out before training.{beside}")
    if corpora := card.held_out_by_corpus:
        shown = dict(list(corpora.items())[:MOST_COLUMNS])
        yield _beside_each_other(shown, len(shown))
        of = f"the first {MOST_COLUMNS} corpora, each" if len(corpora) > MOST_COLUMNS else "each corpus"
        yield Paragraph(f"The same on the held-out {'songs' if card.held_out_songs else 'clips'} of {of} alone.")


def _beside_each_other(columns: Mapping[str, Figures], own: int) -> Rows:
    """One row for each measure that any of them has; the first `own` columns are the model's."""
    names = dict.fromkeys(name for figures in columns.values() for name in figures)
    rows = tuple((Cell(in_words(name)), *(_value(name, figures) for figures in columns.values())) for name in names)
    return Rows(("", *columns), rows, right=len(columns), own=own)


def _value(name: str, figures: Mapping[str, float]) -> Cell:
    if name not in figures:
        return Cell("–")
    value = figures[name]
    return Cell(measure(name, value), value if is_share(name, value) else None)


def _music(card: ModelCard) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if card.data:
        rows = [(one.name, one.what, one.licence, _count(one.songs), _count(one.clips)) for one in card.data]
        told = [column for column in range(5) if any(row[column] for row in rows)]
        columns = ("corpus", "what", "licence", "songs", "clips")
        cells = tuple(tuple(Cell(row[column]) for column in told) for row in rows)
        blocks.append(Rows(tuple(columns[column] for column in told), cells, right=len({3, 4} & set(told))))
    if sentences := list(_split(card)):
        blocks.append(Paragraph(" ".join(sentences)))
    if card.held_out_songs:
        blocks.append(Names(counted(len(card.held_out_songs), "held-out song"), card.held_out_songs))
    if card.watched_songs:
        blocks.append(Names(f"{counted(len(card.watched_songs), 'song')} watched while training", card.watched_songs))
    return tuple(blocks)


def _split(card: ModelCard) -> Iterator[str]:
    if card.songs and card.clips:
        yield f"{counted(card.songs, 'song')} gave {counted(card.clips, 'clip')}."
    if card.held_out_songs:
        yield f"{counted(len(card.held_out_songs), 'song')} took no part in the training."
    if card.watched_songs:
        yield f"On {counted(len(card.watched_songs), 'song')} it was only measured while it learned."
    if card.files_without_clips:
        yield f"{counted(card.files_without_clips, 'file')} held nothing that this kind of model reads."


def _making(card: ModelCard) -> tuple[Block, ...]:
    blocks: list[Block] = []
    parts = [
        counted(card.steps, "step") if card.steps else "",
        f"in {duration(card.seconds)}" if card.seconds else "",
        f"on {WORDS.get(card.backend, card.backend)}" if card.backend else "",
    ]
    said = " ".join(part for part in parts if part)
    if said:
        blocks.append(Paragraph(f"{said[:1].upper()}{said[1:]}."))
    if card.begun_from:
        before = ", ".join(f"{one.name} ({one.licence})" if one.licence else one.name for one in card.begun_with)
        blocks.append(Paragraph(f"It began as {card.begun_from}{', which had learned from ' * bool(before)}{before}."))
    if card.settings:
        blocks.append(Values(tuple((in_words(name), _setting(value)) for name, value in card.settings.items())))
    if card.command:
        blocks += [Paragraph("This command makes a like model:"), Command(card.command)]
    return tuple(blocks)


def _others(card: ModelCard) -> tuple[Block, ...]:
    return (Values(tuple((in_words(name), text) for name, text in card.others.items())),) if card.others else ()


def _setting(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def _count(count: int) -> str:
    return f"{count:,}" if count else ""
