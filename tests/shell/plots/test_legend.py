"""The legend above a plot: every entry is seen, in as many rows as it takes."""

from typing import Any

from innervoice.shell.plots.legend import GAP, SPACE, SWATCH, Entry, Legend, legend_rows
from innervoice.shell.plots.svg_page import svg_page
from innervoice.shell.theme import LIGHT, Theme

ENTRIES = tuple(Entry(f"measure {number}", "#1667c0", "line") for number in range(7))


def test_rows_keep_every_entry_in_its_order() -> None:
    for width in (1, 100, 300, 10_000):
        rows = legend_rows(ENTRIES, width, lambda _label: 60.0)
        assert [entry for row in rows for entry in row] == list(ENTRIES)
        fits = [len(row) * (SWATCH + GAP + 60 + SPACE) - SPACE <= width or len(row) == 1 for row in rows]
        assert all(fits)
    assert legend_rows((), 100, len) == []
    assert len(legend_rows(ENTRIES, 10_000, len)) == 1


def test_a_narrow_legend_is_higher(qtbot: Any) -> None:
    legend = Legend(Theme())
    qtbot.addWidget(legend)
    legend.set_entries(ENTRIES)
    one = legend.heightForWidth(5000)
    assert one == legend.sizeHint().height()
    assert legend.heightForWidth(legend.sizeHint().width()) == one
    assert legend.heightForWidth(legend.sizeHint().width() - 20) == 2 * one
    assert legend.heightForWidth(1) == 7 * one


def test_the_page_of_an_exported_figure_holds_all_rows() -> None:
    page = svg_page("<svg></svg>", (300, 200), ("title", ""), ENTRIES, LIGHT)
    assert [page.count(entry.label) for entry in ENTRIES] == [1] * 7
    lines = {line.split('y="')[1].split('"')[0] for line in page.splitlines() if "measure" in line}
    assert len(lines) > 2
