"""What is lost when some neurons are silenced: decode mu with the noise neurons, or the music neurons, set to 0.

Source: the published version of the paper (Neural Computing and Applications, 2024): noise neurons "set to zero with
minimal impact on the reconstruction accuracy".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Bars, ModelHandle, Table, agreement
from innervoice_plugins.sigma_ranking.ranking import Ranking

COLUMNS = ("neurons kept", "steps right", "clips right", "F1 of notes")


@dataclass(frozen=True)
class Accuracy:
    """How well clips come back, each from 0 to 1.

    Attributes
    ----------
    steps : float
        Share of steps with the right token.
    clips : float
        Share of clips without a wrong step.
    notes : float
        F1 of the notes, right when onset and pitch are; 1 when neither side has a note.
    """

    steps: float
    clips: float
    notes: float


def ablate(
    model: ModelHandle,
    tokens: NDArray[np.int16],
    mu: NDArray[np.float32],
    ranking: Ranking,
    tell: Callable[[str], None],
) -> dict[str, Accuracy]:
    """Decode the clips' mu greedily with all neurons, only music neurons, only noise neurons, and none.

    Parameters
    ----------
    tokens : int16 [clips, steps]
    mu : float32 [clips, neurons]
    tell : callable
        Told what is decoded next; may raise to end it.

    Returns
    -------
    dict from what was kept to how well the clips came back
    """
    music, noise = ranking.order[: ranking.cut], ranking.order[ranking.cut :]
    silenced = {"all": music[:0], "music": noise, "noise": music, "none": ranking.order}
    found: dict[str, Accuracy] = {}
    for kept, silent in silenced.items():
        tell(f"decoding with the {kept} neurons" if kept != "none" else "decoding with no neuron")
        z = mu.copy()
        z[:, silent] = 0.0
        found[kept] = accuracy(tokens, model.decode(z))
    return found


def accuracy(tokens: NDArray[np.int16], decoded: NDArray[np.int16]) -> Accuracy:
    """Compare clips, int16 [clips, steps] each, at least one."""
    found = agreement(decoded, tokens)
    return Accuracy(found.steps, float((tokens == decoded).all(axis=1).mean()), found.notes)


def ablation_table(found: dict[str, Accuracy]) -> Table:
    """One row for each choice of neurons."""
    rows = tuple((kept, *(round(value, 6) for value in asdict(one).values())) for kept, one in found.items())
    return Table("ablation", COLUMNS, rows)


def ablation_bars(found: dict[str, Accuracy], clips: int, ranking: Ranking) -> Bars:
    """Draw the share of steps that come back."""
    music, every = ranking.cut, len(ranking.order)
    caption = (
        f"{clips:,} clips, decoded greedily from their mu with only these neurons, the others set to 0: all {every}, "
        f"the {music} music neurons, the {every - music} noise neurons, none. Where the ranking is right, the music "
        "neurons alone do as well as all, and the noise neurons alone no better than none."
    )
    return Bars(
        "What comes back without some neurons",
        caption=caption,
        x=Axis("neurons kept"),
        y=Axis("share of steps right"),
        labels=tuple(found),
        values=np.array([one.steps for one in found.values()]),
    )
