"""``innervoice new-plugin``: an installable package with one analysis, its test and a README."""

import argparse
import keyword
import shlex
import sys
from pathlib import Path

from innervoice.cli.console import Console
from innervoice.cli.errors import CommandError, UsageError
from innervoice.music.files import atomic_write
from innervoice.plugin.checking import ID
from innervoice.resources import resource

FILES = {
    "module": "{module}.py",
    "test": "tests/test_{module}.py",
    "pyproject": "pyproject.toml",
    "readme": "README.md",
}
"""Templates in ``resources/new_plugin``, and what is made of each."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("name", metavar="NAME", help="lower-case words joined by hyphens, such as busy-neurons")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the package goes (default: ./NAME)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the package."""
    name = str(arguments.name)
    if not ID.fullmatch(name) or keyword.iskeyword(name):
        raise UsageError(f"{name} cannot be a plugin's name; use lower-case words joined by hyphens")
    folder = arguments.out or Path(name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} is there already; choose another name, or another --out")
    try:
        files = write_plugin(name, folder)
    except OSError as error:
        raise CommandError(f"{folder} cannot be written ({error.strerror}); choose another place") from error
    # Another Python's pip would put it where this Innervoice does not look.
    told = (
        f"{folder} holds {', '.join(files)}.\n"
        f"Next: {shlex.quote(sys.executable)} -m pip install -e {shlex.quote(str(folder))}, then innervoice analyses."
    )
    console.answer({"folder": str(folder), "files": files}, told)
    return 0


def write_plugin(name: str, folder: Path) -> list[str]:
    """Write the files of a plugin into a folder, made if need be; return their names."""
    module = name.replace("-", "_")
    files = []
    for template, path in FILES.items():
        text = filled(resource("new_plugin", f"{template}.txt").read_text("utf-8"), name)
        target = folder / path.format(module=module)
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(target, text.encode())
        files.append(path.format(module=module))
    return files


def filled(template: str, name: str) -> str:
    """Return a template's text for a plugin of this name."""
    words = name.split("-")
    values = {
        "@name@": name,
        "@module@": name.replace("-", "_"),
        "@Title@": " ".join(words).capitalize(),
        "@Class@": "".join(word.capitalize() for word in words),
    }
    for mark, value in values.items():
        template = template.replace(mark, value)
    return template
