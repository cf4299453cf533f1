"""Collect the words of the window for translators: writes a Qt template (.ts) with every text and where it stands.

``make words`` writes ``build/innervoice.ts``. A translation goes to ``resources/translations/innervoice_LANGUAGE.qm``
(made from its .ts with ``pyside6-lrelease``), where the window finds it by the system's language.

Texts are found where they become visible: in ``said("…")`` and ``to_say("…")``, in the title of a dock, and in the
modules of the menus, where every literal that has a space or the mark of a key is a title or a tip.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
SHELL = ROOT / "desktop" / "innervoice" / "shell"
CONTEXT = "Innervoice"
ELSEWHERE = {"note_keys"}
"""Modules beside those of the menus that hold titles and tips of commands."""


def words_of(source: str, menu: bool = False) -> Iterator[tuple[int, str]]:
    """Yield every text of a module that is to be translated, with its line; `menu` for one that makes commands."""
    tree = ast.parse(source)
    silent = {id(text) for text in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, text) for value in _arguments(node) if (text := _literal(value)))
        elif isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "MENUS" for to in node.targets):
            yield from ((node.lineno, text) for part in ast.walk(node.value) if (text := _literal(part)))
        elif menu and isinstance(node, ast.expr) and id(node) not in silent and _for_people(text := _literal(node)):
            yield node.lineno, text


def _for_people(text: str) -> bool:
    """Say whether a text has words: a space or a marked key, and more than these."""
    return bool(text.strip("& ") and {" ", "&"} & set(text))


def _arguments(call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that are to be translated."""
    if isinstance(call.func, ast.Name):
        return call.args[:1] if call.func.id in {"said", "to_say"} else []
    of_a_dock = ast.unparse(call.func) in {"docks.add", "window.docks.add"}
    return call.args[1:2] if of_a_dock else []


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr):
            yield node.body[0].value


def _literal(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def collect(folder: Path = SHELL) -> dict[str, list[tuple[str, int]]]:
    """Return every text of a folder's modules with the places where it stands: file and line."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(folder.rglob("*.py")):
        for line, text in words_of(
            path.read_text(encoding="utf-8"), path.parent.name == "menus" or path.stem in ELSEWHERE
        ):
            places, place = found.setdefault(text, []), (path.relative_to(ROOT).as_posix(), line)
            if place not in places:  # a menu's literal in ``said`` is found in both ways
                places.append(place)
    return found


def template(words: dict[str, list[tuple[str, int]]]) -> str:
    """Return the template in Qt's format, without translations."""
    messages = []
    for text, places in words.items():
        where = "".join(f'\n    <location filename="{escape(file)}" line="{line}"/>' for file, line in places)
        source = f"\n    <source>{escape(text)}</source>"
        messages.append(f'  <message>{where}{source}\n    <translation type="unfinished"></translation>\n  </message>')
    body = "\n".join(messages)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" sourcelanguage="en">\n'
        f"<context>\n  <name>{CONTEXT}</name>\n{body}\n</context>\n</TS>\n"
    )


def main(out: Path) -> int:
    """Write the template."""
    words = collect()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(template(words), encoding="utf-8")
    print(f"{len(words)} texts are in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "innervoice.ts"))
