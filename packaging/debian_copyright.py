"""The copyright file of the Debian package: our part as written in packaging/debian, the bundled wheels as they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageMetadata, PathDistribution
from pathlib import Path

COMMON = {
    "Apache-2.0": "Apache-2.0",
    "CC0-1.0": "CC0-1.0",
    "GPL-2.0-only": "GPL-2",
    "GPL-3.0-only": "GPL-3",
    "LGPL-3.0-only": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
}
"""Licences whose text Debian keeps in /usr/share/common-licenses."""

SPOKEN = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "mit license": "MIT",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "python software foundation license": "PSF-2.0",
    "lgpl-3.0-only or gpl-2.0-only or gpl-3.0-only": "LGPL-3.0-only or GPL-2.0-only or GPL-3.0-only",
}
"""What packages say in words of their own."""

SHORT = r"[A-Z][A-Za-z0-9]+(-[\d.]+)?(-[A-Z][A-Za-z]+)?"
"""A licence's short name, such as MIT, Apache-2.0 or BSD-3-Clause."""

NAMELESS = {"namex": "Apache-2.0"}
"""Packages whose metadata name no licence; it is read in the licence file that they install."""


def copyright_file(head: str, site: Path, stage: Path) -> str:
    """Return the whole file: `head` with the place of the packages, a paragraph for each of them, the licences.

    Raises
    ------
    ValueError
        When a package says its licence in a way that is not known here.
    """
    inside = site.relative_to(stage).as_posix()
    paragraphs = [head.replace("@SITE@", inside).strip()]
    used = set(re.findall(r"^License: (.+)$", head, flags=re.MULTILINE))
    for found in sorted(_bundled(site), key=lambda one: one.metadata["Name"].lower()):
        licence = licence_of(found)
        used.add(licence)
        paragraphs.append(_paragraph(found, licence, site, inside))
    names = {name for licence in used for name in re.split(r" (?:and|or) ", licence)}
    return "\n\n".join([*paragraphs, *(_licence(name) for name in sorted(names))]) + "\n"


def licence_of(package: Distribution) -> str:
    """Return a package's licence in the words of Debian's format, as its metadata name it."""
    words = package.metadata
    expression = _field(words, "License-Expression")
    classes = [line.rsplit("::", 1)[-1].strip() for line in words.get_all("Classifier") or [] if line[:7] == "License"]
    for one in (expression, _field(words, "License"), *classes):
        known = SPOKEN.get(one.strip().lower()) or (one.strip() if re.fullmatch(SHORT, one.strip()) else "")
        if known:
            return known
    if expression:
        return re.sub(r" (AND|OR) ", lambda found: found[0].lower(), expression)
    if words["Name"] in NAMELESS:
        return NAMELESS[words["Name"]]
    raise ValueError(f"{words['Name']}: what is its licence? Add it to packaging/debian_copyright.py.")


def _field(words: PackageMetadata, name: str) -> str:
    found = words.get_all(name)
    return str(found[0]) if found else ""


def _bundled(site: Path) -> Iterator[Distribution]:
    for folder in site.glob("*.dist-info"):
        if not folder.name.startswith("innervoice-"):
            yield PathDistribution(folder)


def _paragraph(package: Distribution, licence: str, site: Path, inside: str) -> str:
    files = [Path(str(file)) for file in package.files or ()]
    tops = sorted({file.parts[0] for file in files if ".." not in file.parts and (site / file.parts[0]).exists()})
    places = "\n".join(f" {inside}/{top}/*" if (site / top).is_dir() else f" {inside}/{top}" for top in tops)
    texts = [file for file in files if re.search(r"licen[cs]e|copying|notice|authors", file.name, re.IGNORECASE)]
    texts = [file for file in texts if (site / file).is_file()]
    holders = list(dict.fromkeys(line for file in texts for line in _holders(site / file)))
    if not holders:
        holders = [
            words for key in ("Author", "Author-email", "Maintainer") if (words := _field(package.metadata, key))
        ]
    where = "".join(f"\n  /{inside}/{file.as_posix()}" for file in texts)
    text = f"\n Its full text:{where}" if texts else ""
    return (
        f"Files:\n{places}\nCopyright: {f'{chr(10)} '.join(holders[:12]) or 'its authors'}\n"
        f"License: {licence}\nComment:\n {package.metadata['Name']} {package.version}, a wheel as published.{text}"
    )


def _holders(path: Path) -> list[str]:
    """Return who holds the copyright by a licence's text, as it says."""
    lines = re.findall(r"^\W*copyright\s+(?:\(c\)|©)?\s*(\d{4}.*\S)", path.read_text("utf-8", "replace"), re.I | re.M)
    return [line.replace("@", " at ") for line in lines if "yyyy" not in line]


def _licence(name: str) -> str:
    common = COMMON.get(name)
    if common:
        return f"License: {name}\n On Debian systems the full text is in /usr/share/common-licenses/{common}."
    return f"License: {name}\n The full text lies beside each package that is under it, as named above."
