"""What we import is declared, and nothing the application imports binds its users to the GPL."""

import ast
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
OURS = sorted(path for room in ("desktop", "plugins") for path in (ROOT / room).rglob("*.py"))

# Optional in the code, with a sentence where it is missing; never asked for by the wheel.
OPTIONAL = {"note-seq", "magenta", "tf-keras"}
# pretty_midi is asked for its soundfont, which is found without importing it.
USED_OTHERWISE = {"pretty-midi"}
FORBIDDEN_MODULES = {"urllib.request", "http.client", "socketserver"}


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared() -> dict[str, Requirement]:
    lines = distribution("innervoice").requires or []
    return {_key(requirement.name): requirement for requirement in map(Requirement, lines)}


def _imported() -> dict[str, str]:
    """Every module named by an import of ours, with one file that names it."""
    found = {}
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update({alias.name: path.name for alias in node.names})
            elif isinstance(node, ast.ImportFrom) and node.module:
                found[node.module] = path.name
                found.update({f"{node.module}.{alias.name}": path.name for alias in node.names})
    return found


def test_every_import_is_of_a_declared_dependency() -> None:
    providers = packages_distributions()
    known = set(_declared()) | OPTIONAL
    stray = {}
    for module, file in _imported().items():
        top = module.split(".")[0]
        if top in sys.stdlib_module_names or top in {"innervoice", "innervoice_plugins"}:
            continue
        if not {_key(name) for name in providers.get(top, [top])} & known:
            stray[top] = file
    assert not stray


def test_every_declared_dependency_is_imported() -> None:
    """A wheel asks for nothing that it could do without."""
    providers = packages_distributions()
    tops = {module.split(".")[0] for module in _imported()}
    used = {_key(name) for top in tops for name in providers.get(top, [])}
    unused = {name for name, need in _declared().items() if need.marker is None} - used - USED_OTHERWISE
    assert not unused


def test_no_module_that_reaches_the_network_is_imported() -> None:
    """What import-linter cannot say: it knows a package of the standard library as a whole only."""
    assert not FORBIDDEN_MODULES & set(_imported())


def _licence(name: str) -> str:
    metadata = distribution(name).metadata
    fields = [line for field in ("License-Expression", "License") for line in metadata.get_all(field) or []]
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return " / ".join([*fields, *classifiers])


def _closure() -> set[str]:
    """Names of all distributions that the application needs to run, jax among them."""
    left = [requirement.name for requirement in _declared().values()]
    seen: set[str] = set()
    while left:
        name = _key(left.pop())
        if name in seen:
            continue
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another system or Python
        seen.add(name)
        requirements = [Requirement(line) for line in needs]
        left += [need.name for need in requirements if need.marker is None or need.marker.evaluate({"extra": ""})]
    return seen


def test_nothing_that_runs_is_under_the_gpl_alone() -> None:
    closure = _closure()
    assert {"numpy", "tensorflow", "pyside6-essentials", "jax"} <= closure
    bound = {}
    for name in closure:
        licence = _licence(name)
        choices = re.split(r"\bOR\b", licence.split("\n")[0])
        if all(re.search(r"(?<!L)GPL|(?<!Lesser )General Public", choice) for choice in choices):
            bound[name] = licence[:80]
    assert not bound
