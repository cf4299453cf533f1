"""Archives from a stranger: members by an allow-list, read as a stream, with caps, into a private folder.

``tarfile.extractall`` would follow an archive's own paths, links and devices; nothing of that is needed to get two or
three flat files out.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from pathlib import Path
from typing import BinaryIO

from innervoice.models.checkpoints.limits import MAX_BYTES
from innervoice.models.errors import ModelError

MAX_MEMBERS = 1024
_MAX_PIECE = 1 << 20
_WANTED = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,200}\.(index|data-\d{5}-of-\d{5})")
_GZIP = b"\x1f\x8b"
_TAR_MAGIC_AT = 257


def is_archive(path: Path) -> bool:
    """Whether a file is a tar archive, plain or gzipped, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(_TAR_MAGIC_AT + 5)
    return head.startswith(_GZIP) or head[_TAR_MAGIC_AT:] == b"ustar"


def unpack_checkpoint(archive: Path, folder: Path) -> list[Path]:
    """Copy a checkpoint's index and data files out of an archive.

    Parameters
    ----------
    archive : Path
        ``.tar``, ``.tar.gz`` or ``.tgz``.
    folder : Path
        A private, empty folder; only flat files are made in it.

    Returns
    -------
    list of Path
        The files made.

    Raises
    ------
    ModelError
        When the archive is damaged, has more than 1024 members or 4 GiB, or any member is a link, a device, sparse,
        absolute, leads out by ``..``, or stands twice.
    """
    try:
        with archive.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            stream = gzip.GzipFile(fileobj=raw) if packed else raw
            with tarfile.open(fileobj=_Bounded(stream, archive), mode="r:") as tar:
                made = _copy_wanted(tar, archive, folder)
            _read_to_end(stream)
            return made
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{archive} is a damaged archive ({error}); get it again.") from error


def _copy_wanted(tar: tarfile.TarFile, archive: Path, folder: Path) -> list[Path]:
    seen: set[str] = set()
    made: dict[str, Path] = {}
    total = 0
    for count, member in enumerate(tar, start=1):
        total += member.size
        if count > MAX_MEMBERS or total > MAX_BYTES:
            raise ModelError(
                f"{archive} unpacks to more than {MAX_MEMBERS} files or {MAX_BYTES >> 30} GiB; it is no model."
            )
        _check_member(member, seen, archive)
        base = member.name.rsplit("/", 1)[-1]
        if member.isdir() or not _WANTED.fullmatch(base):
            continue
        if base in made:
            raise ModelError(f"{archive} holds {base!r} twice; it is damaged or made to mislead.")
        made[base] = _copy(tar, member, folder / base, archive)
    return list(made.values())


def _read_to_end(stream: BinaryIO | gzip.GzipFile) -> None:
    """Let gzip compare its checksum, which stands at the very end."""
    left = MAX_BYTES
    while left > 0 and (piece := stream.read(_MAX_PIECE)):
        left -= len(piece)


def _check_member(member: tarfile.TarInfo, seen: set[str], archive: Path) -> None:
    name = member.name
    plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE) and not member.issparse()
    if not plain:
        raise ModelError(f"{archive} holds {name!r}, a link, device or other special file; such archives are refused.")
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\0" in name:
        raise ModelError(f"{archive} holds {name!r}, which leads out of its folder; such archives are refused.")
    if name in seen:
        raise ModelError(f"{archive} holds {name!r} twice; it is damaged or made to mislead.")
    seen.add(name)


def _copy(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path, archive: Path) -> Path:
    data = tar.extractfile(member)
    left = member.size
    with target.open("xb") as file:
        while data is not None and left:
            piece = data.read(min(_MAX_PIECE, left))
            if not piece:
                break
            file.write(piece)
            left -= len(piece)
    if left:
        raise ModelError(f"{archive} ends in the middle of {member.name!r}; get it again.")
    return target


class _Bounded(io.BufferedIOBase):
    """A file that refuses huge reads, so that no header can claim more memory than it is worth.

    ``tarfile`` reads a long name or a pax header in one piece of the size that the archive states.
    """

    def __init__(self, stream: BinaryIO | gzip.GzipFile, archive: Path) -> None:
        self._stream = stream
        self._archive = archive

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _MAX_PIECE:
            raise ModelError(f"{self._archive} has a header of {size} bytes; it is damaged or made to mislead.")
        return self._stream.read(size)

    def seek(self, position: int, whence: int = 0, /) -> int:
        if position > MAX_BYTES + MAX_MEMBERS * _MAX_PIECE:
            raise ModelError(f"{self._archive} unpacks to more than {MAX_BYTES >> 30} GiB; it is no model.")
        return self._stream.seek(position, whence)

    def tell(self) -> int:
        return self._stream.tell()
