"""Frames on the wire between window and engine: two lengths, a JSON head, a raw body.

A frame is a 4-byte big-endian length of the head, a 4-byte big-endian length of the body, the head (a JSON object
in UTF-8) and the body (an array's little-endian bytes, or nothing). The limits are checked before anything is read,
so a broken peer cannot make the other side allocate. What is larger goes through the study.

From the window: ``{"id": n, "verb": "decode", ...}``. From the engine: ``{"id": n, "kind": "done", "head": {...}}``,
``{"id": n, "kind": "failed", "sentence", "detail", "cancelled"}``, ``{"id": n, "kind": "progress", "done", "total",
"text"}`` and, of its own accord, ``{"id": 0, "kind": "state", "phase", "backend", "device", "detail"}``.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

from innervoice.engine.errors import ProtocolError

HEAD_LIMIT = 1 << 20
BODY_LIMIT = 4 << 20

_LENGTHS = struct.Struct(">II")

Head = dict[str, Any]


def frame_bytes(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """One frame as bytes.

    Raises
    ------
    ProtocolError
        When head or body is over its limit.
    """
    text = json.dumps(head, separators=(",", ":")).encode()
    _check_lengths(len(text), len(body))
    return _LENGTHS.pack(len(text), len(body)) + text + body


def write_frame(stream: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one frame and flush it.

    Raises
    ------
    ProtocolError
        When head or body is over its limit; nothing has been sent then.
    OSError
        When the other side is gone.
    """
    stream.write(frame_bytes(head, body))
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Head, bytes] | None:
    """Read one frame; None where the other side has closed the connection between two frames.

    Raises
    ------
    ProtocolError
        For a frame that is cut off, too long, or not a JSON object. Nothing after it can be trusted.
    OSError
        When the connection broke.
    """
    start = stream.read(_LENGTHS.size)
    if not start:
        return None
    if len(start) < _LENGTHS.size:
        raise ProtocolError("The connection ended within a frame's lengths.")
    head_length, body_length = _LENGTHS.unpack(start)
    _check_lengths(head_length, body_length)
    text = _exactly(stream, head_length)
    body = _exactly(stream, body_length)
    try:
        head = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("A frame's head is not JSON.") from error
    if not isinstance(head, dict):
        raise ProtocolError("A frame's head is not a JSON object.")
    return head, body


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise ProtocolError(f"The connection ended within a frame: {len(data)} of {length} bytes came.")
    return data


def _check_lengths(head: int, body: int) -> None:
    if head > HEAD_LIMIT or body > BODY_LIMIT:
        raise ProtocolError(
            f"A message of {head} and {body} bytes is over the limits of {HEAD_LIMIT} and {BODY_LIMIT};"
            " send large arrays through the study."
        )
