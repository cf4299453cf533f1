"""What no committed file may hold, and what the project's own documents must."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import innervoice

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file passes its own test.
INDEX_HOSTS = ("pypi." + "org", "python" + "hosted.org", "--index" + "-url ", "--find" + "-links ")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
LOCKS = [ROOT / "requirements" / name for name in ("make.txt", "build.txt", "uv.txt")]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every committed text file by name."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout: there is no list of committed files")
    found = {}
    for name in filter(None, listing.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            found[name] = data.decode("utf-8")
    return found


def test_no_file_names_a_package_index(texts: dict[str, str]) -> None:
    named = [(name, host) for name, text in texts.items() for host in INDEX_HOSTS if host in text]
    assert not named


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    named = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert not named


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_pin_is_exact_and_hashed(lock: Path) -> None:
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", lock.read_text(encoding="utf-8").strip())
    loose = [
        block.splitlines()[0]
        for block in blocks
        if not re.match(r"[\w.-]+==\S+", block) or "--hash=sha256:" not in block
    ]
    assert not loose


def test_the_lock_has_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["jax"]]
    names = {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", line)[0]).lower() for line in asked}  # type: ignore[index]
    locked = set(re.findall(r"^([\w.-]+)==", LOCKS[0].read_text(encoding="utf-8"), re.MULTILINE))
    assert names <= locked


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/plugins.md", "docs/features.md", "docs/figures.md"]
)
def test_what_a_document_links_to_is_there(name: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert not [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]


def test_the_citation_has_this_version() -> None:
    assert f"\nversion: {innervoice.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    documents = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"`make ([a-z]+)", documents))
    assert named, "the README names no target"
    assert named <= targets
