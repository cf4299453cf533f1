"""What every source file promises: a docstring, annotations, a readable size, and none of the dangerous calls."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = sorted(path for room in ("desktop", "plugins") for path in (ROOT / room).rglob("*.py"))
ALL = [*OURS, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "packaging").rglob("*.py"))]

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40
Function = ast.FunctionDef | ast.AsyncFunctionDef

# What runs a program that lies in data, or reaches for the network.
FORBIDDEN_CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "urlopen",
    "urlretrieve",
    "create_connection",
    "getaddrinfo",
}
NAMELESS_MODULES = {"utils", "util", "helpers", "misc", "common", "tools"}


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: _tree(path) for path in ALL}


def test_every_file_says_what_it_is(trees: dict[Path, ast.Module]) -> None:
    silent = [_short(path) for path, tree in trees.items() if not ast.get_docstring(tree)]
    assert not silent


def test_no_file_is_longer_than_one_reads() -> None:
    long = {_short(path): count for path in ALL if (count := len(path.read_text("utf-8").splitlines())) > MOST_LINES}
    assert not long


def _lines(function: Function) -> int:
    """Lines of a function without its docstring: a full docstring must not cost anything."""
    first, last = function.body[0], function.body[-1]
    described = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if described else 0
    return (last.end_lineno or last.lineno) - function.lineno + 1 - docstring


def test_no_function_is_longer_than_a_screen(trees: dict[Path, ast.Module]) -> None:
    long = {
        f"{_short(path)}:{node.name}": lines
        for path, tree in trees.items()
        for node in _functions(tree)
        if (lines := _lines(node)) > MOST_LINES_OF_A_FUNCTION
    }
    assert not long


def _unannotated(function: Function) -> list[str]:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    bare = [a.arg for a in every if a is not None and a.annotation is None and a.arg not in {"self", "cls"}]
    return bare if function.returns is not None else [*bare, "return"]


def test_every_function_is_annotated(trees: dict[Path, ast.Module]) -> None:
    bare = {
        f"{_short(path)}:{node.lineno} {node.name}": names
        for path, tree in trees.items()
        for node in _functions(tree)
        if (names := _unannotated(node))
    }
    assert not bare


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        # re.compile and jax.jit(...).compile are not the built-in.
        return "" if function.attr in {"compile", "eval", "exec"} else function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _calls(trees: dict[Path, ast.Module]) -> Iterator[tuple[str, ast.Call]]:
    """Every call in our own code (not the tests'), with its place."""
    for path in OURS:
        for node in ast.walk(trees[path]):
            if isinstance(node, ast.Call):
                yield f"{_short(path)}:{node.lineno}", node


def test_nothing_runs_a_program_found_in_data(trees: dict[Path, ast.Module]) -> None:
    dangerous = [f"{place} {_called(call)}" for place, call in _calls(trees) if _called(call) in FORBIDDEN_CALLS]
    assert not dangerous


def test_arrays_load_without_pickle(trees: dict[Path, ast.Module]) -> None:
    """``np.load`` says ``allow_pickle=False`` itself: the default has changed before."""
    loads = [(place, call) for place, call in _calls(trees) if _loads_numpy(call)]
    assert loads, "nothing loads arrays any more: this test looks in the wrong place"
    trusting = [place for place, call in loads if not _refuses_pickle(call)]
    assert not trusting


def _refuses_pickle(call: ast.Call) -> bool:
    said = {word.arg: word.value for word in call.keywords}.get("allow_pickle")
    return isinstance(said, ast.Constant) and said.value is False


def _loads_numpy(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"load", "read_array"}:
        return False
    return _of_numpy(call.func.value)


def _of_numpy(value: ast.expr) -> bool:
    return ast.unparse(value) in {"np", "numpy", "np.lib.format", "numpy.lib.format", "format", "npy_format"}


def test_modules_have_names_that_say_something() -> None:
    nameless = [_short(path) for path in OURS if path.stem in NAMELESS_MODULES]
    assert not nameless


def test_rooms_are_light_to_import(trees: dict[Path, ast.Module]) -> None:
    """An ``__init__`` imports nothing; exceptions are the two public APIs, and what reaches one of them by name."""
    public = {"plugin", "notebook"}
    heavy = [
        _short(path)
        for path in OURS
        if path.name == "__init__.py"
        and not public & set(path.relative_to(ROOT).parts)
        and path.is_relative_to(ROOT / "desktop")
        and _imported(trees[path]) - {"importlib", "typing"}
    ]
    assert not heavy
    assert "innervoice.notebook" not in _imported(trees[ROOT / "desktop/innervoice/__init__.py"])


def _imported(tree: ast.Module) -> set[str]:
    """Names of the modules that a file imports anywhere."""
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
