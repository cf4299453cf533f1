"""Every text that a widget shows goes through `said`, so that ``make words`` collects it and it can be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from innervoice.shell import words

SHELL = Path(words.__file__).parent
SHOWN_BY = {
    "setText": 0, "setToolTip": 0, "setAccessibleName": 0, "setAccessibleDescription": 0, "setWindowTitle": 0,
    "setPlaceholderText": 0, "setStatusTip": 0, "setTitle": 0, "setSpecialValueText": 0, "setInformativeText": 0,
    "setLabelText": 0, "addAction": 0, "addMenu": 0, "addItem": 0, "addItems": 0, "setHeaderLabels": 0, "addButton": 0,
    "addRow": 0, "say": 0, "addTab": 1, "setTabText": 1, "setTabToolTip": 1, "getSaveFileName": 1,
    "getOpenFileName": 1, "QLabel": 0, "QPushButton": 0, "QAction": 0, "QCheckBox": 0, "QRadioButton": 0,
    "Entry": 0, "setLabel": 1, "allow": 1, "Edit": 0,
    "QGroupBox": 0, "QMenu": 0, "QToolBar": 0, "Heading": 0, "QuietLabel": 0, "RollTile": 0,
}  # fmt: skip
"""Functions and classes that show a text, and the place of it among their arguments."""
NOTICES = {"error", "warning", "info"}
"""Methods of the notifications."""


def bare(source: str) -> list[tuple[int, str]]:
    """Give the texts with words in them that are shown as they stand, with their lines."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        notice = name in NOTICES and "notifications" in ast.unparse(call.func)
        place = 0 if notice else SHOWN_BY.get(name, len(call.args))
        found += [(call.lineno, text) for value in call.args[place : place + 1] for text in literals(value)]
    return [
        (line, text)
        for line, text in found
        if re.search("[A-Za-z]{2}", text.replace("Innervoice", "").removeprefix("my-"))
    ]


def literals(node: ast.expr) -> Iterator[str]:
    """Give the literals that an expression may be: itself, a branch of it, or what is in its list."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.BinOp | ast.List | ast.Tuple):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and child is not getattr(node, "test", None):
                yield from literals(child)


def test_no_widget_shows_a_bare_literal() -> None:
    paths = sorted(SHELL.rglob("*.py"))
    assert len(paths) > 150
    shown = [
        f"{path.relative_to(SHELL)}:{line} {text!r}" for path in paths for line, text in bare(path.read_text("utf-8"))
    ]
    assert shown == [], "put said(…) around these, and .format after it"


def test_no_constant_keeps_a_sentence_from_the_translators() -> None:
    kept = []
    for path in [one for room in ("panels", "plots") for one in sorted((SHELL / room).glob("*.py"))]:
        for node in ast.parse(path.read_text("utf-8")).body:
            texts = literals(node.value) if isinstance(node, ast.Assign) else ()
            kept += [f"{path.name}:{node.lineno} {text!r}" for text in texts if re.match(r"[A-Z][a-z]+ [a-z]", text)]
    assert kept == [], "put to_say(…) around these, and said(…) where they are shown"


def reasons(source: str) -> list[tuple[int, str]]:
    """Give the bare sentences that functions named for a reason (why_not, why_no_map) return, with their lines."""
    found = []
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        if function.name.lstrip("_").startswith("why"):
            ends = (node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None)
            found += [(end.lineno, text) for end in ends for text in literals(end.value) if " " in text]
    return found


def test_no_command_is_greyed_with_a_bare_reason() -> None:
    paths = sorted(SHELL.rglob("*.py"))
    said_bare = [(path.name, *one) for path in paths for one in reasons(path.read_text("utf-8"))]
    assert said_bare == [], "put said(…) around these"
    assert reasons('def why_not() -> str:\n    return "" if here else "No clip."') == [(2, "No clip.")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('label.setText("No clip")', ["No clip"]),
        ('label.setText(said("No clip"))', []),
        ('QLabel(f"{count} clips")', [" clips"]),
        ('QLabel(said("{count} clips").format(count=count))', []),
        ('button.setText("Stop" if busy else said("Play"))', ["Stop"]),
        ('box.addItems(["one", "two"])', ["one", "two"]),
        ('tabs.addTab(page, "Clip")', ["Clip"]),
        ('self._notifications.error("No study is open.")', ["No study is open."]),
        ('log.error("no study")', []),
        ('value.setText(f"σ {sigma:.2f}")', []),
    ],
)
def test_the_search_tells_bare_literals_from_the_others(source: str, expected: list[str]) -> None:
    assert [text for _line, text in bare(source)] == expected
