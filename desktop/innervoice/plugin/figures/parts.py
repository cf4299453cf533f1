"""What all figures share: the figure's title, axes, and links from marks to what can be heard."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.values import Value, set_array

LinkKind = Literal["clip", "neuron", "latent"]

NO_LINK = -1
"""The id of a mark that leads nowhere."""


@dataclass(frozen=True, eq=False)
class Figure(Value):
    """A picture as numbers, labels and links; the shell and the report each draw it in their own way.

    In all figures NaN stands for a value that is not there and is left blank; infinity is refused; arrays are copied
    and read-only.

    Parameters
    ----------
    title : str
        What is seen, in a few words.
    caption : str
        What to make of it, and how it was computed.
    """

    title: str
    _: KW_ONLY
    caption: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "caption"):
            if not isinstance(getattr(self, name), str):
                raise ResultError(f"A figure's {name} must be text.")


@dataclass(frozen=True)
class Axis:
    """The name of an axis and the unit of its numbers ("" for none)."""

    label: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, eq=False)
class Link(Value):
    """Where the marks of a figure lead when they are clicked: one target per mark.

    Parameters
    ----------
    kind : "clip", "neuron" or "latent"
        Clips by their id in the study, neurons by their index in the model, latents by their row in `points`.
    ids : int64 [marks]
        The target of each mark, -1 for none.
    points : float32 [latents, neurons], for latents only
        The latent vectors that can be decoded.
    """

    kind: LinkKind
    ids: NDArray[np.int64]
    points: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(LinkKind):
            raise ResultError(f"A link leads to a clip, a neuron or a latent, not to {self.kind!r}.")
        ids: NDArray[np.int64] = set_array(self, "ids", np.int64, (None,))
        if (self.kind == "latent") != (self.points is not None):
            raise ResultError("A link to latents carries their points, and no other link does.")
        if ids.size and int(ids.min()) < NO_LINK:
            raise ResultError("A link's ids are 0 or greater, or -1 for a mark that leads nowhere.")
        if self.points is not None:
            points = set_array(self, "points", np.float32, (None, None), missing=False)
            if ids.size and int(ids.max()) >= len(points):
                raise ResultError("A link leads to a latent that is not among its points.")

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, mark: int) -> Link | None:
        """Return the link of one mark, or None when it leads nowhere."""
        target = int(self.ids[mark])
        if target == NO_LINK:
            return None
        if self.points is None:
            return Link(self.kind, np.array([target]))
        return Link(self.kind, np.array([0]), self.points[target : target + 1])


def check_links(owner: object, links: Link | None, marks: int) -> None:
    """Refuse links that are not one per mark."""
    if links is None:
        return
    if not isinstance(links, Link):
        raise ResultError(f"The links of a {type(owner).__name__} must be a Link.")
    if len(links) != marks:
        raise ResultError(f"A {type(owner).__name__} with {marks} marks needs {marks} link ids, not {len(links)}.")


def check_type(owner: object, name: str, of: type[Any]) -> None:
    """Refuse a field that is not of its type."""
    value = getattr(owner, name)
    if not isinstance(value, of):
        raise ResultError(f"{type(owner).__name__}.{name} must be {of.__name__}, not {type(value).__name__}.")
