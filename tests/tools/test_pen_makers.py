"""Lines get their width in one place: a pen made elsewhere may be half as wide on a sharp screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

SHELL = Path(__file__).parents[2] / "desktop" / "innervoice" / "shell"
PENS, LINES = SHELL / "pens.py", SHELL / "plots" / "lines.py"

# What pyqtgraph draws with a pen of its own, whose width counts pixels of the screen.
THIN = {"InfiniteLine", "LinearRegionItem", "PlotCurveItem", "PlotDataItem", "ROI", "RectROI", "GridItem"}


def _calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in sorted(SHELL.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                yield path, node, called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _places(names: set[str], home: Path) -> tuple[list[str], list[str]]:
    """Return where the names are called at home, and elsewhere."""
    found = [
        (path, f"{path.relative_to(SHELL)}:{call.lineno} {name}") for path, call, name in _calls() if name in names
    ]
    return [place for path, place in found if path == home], [place for path, place in found if path != home]


def test_pens_are_made_by_the_two_functions_that_know_sharp_screens() -> None:
    at_home, elsewhere = _places({"QPen", "mkPen", "setCosmetic"}, PENS)
    assert at_home, "no pen is made any more: this test looks in the wrong place"
    assert not elsewhere, "use innervoice.shell.pens"


def test_lines_of_pyqtgraph_are_the_ones_that_know_sharp_screens() -> None:
    assert LINES.exists()
    assert not _places(THIN, LINES)[1], "use innervoice.shell.plots.lines, RangeBand or FrameItem"
