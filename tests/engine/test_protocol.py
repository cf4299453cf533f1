"""Frames: what is written is read again, and whatever is not a frame is refused without allocating for it."""

import io
import json
import random
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innervoice.engine.errors import ProtocolError
from innervoice.engine.protocol import BODY_LIMIT, HEAD_LIMIT, frame_bytes, read_frame, write_frame

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=20), JSON), st.binary(max_size=500))
def test_frames_come_back(head: dict[str, Any], body: bytes) -> None:
    stream = io.BytesIO()
    write_frame(stream, head, body)
    write_frame(stream, {"next": 1})
    stream.seek(0)
    assert read_frame(stream) == (head, body)
    assert read_frame(stream) == ({"next": 1}, b"")
    assert read_frame(stream) is None


@given(st.binary(max_size=200))
def test_noise_is_refused_or_ends(noise: bytes) -> None:
    try:
        frame = read_frame(io.BytesIO(noise))
    except ProtocolError as error:
        assert str(error).endswith(".")  # noqa: PT017 - noise can also be a frame
    else:
        assert frame is None or isinstance(frame[0], dict)


def test_every_cut_of_a_frame_is_noticed() -> None:
    whole = frame_bytes({"id": 1, "verb": "hello"}, b"body")
    for length in range(1, len(whole)):
        with pytest.raises(ProtocolError, match="ended within"):
            read_frame(io.BytesIO(whole[:length]))


@pytest.mark.parametrize("lengths", [(HEAD_LIMIT + 1, 0), (2, BODY_LIMIT + 1), (2**32 - 1, 2**32 - 1)])
def test_a_length_over_the_limit_is_refused_before_anything_is_read(lengths: tuple[int, int]) -> None:
    stream = io.BytesIO(struct.pack(">II", *lengths) + b"{}")
    with pytest.raises(ProtocolError, match="over the limits"):
        read_frame(stream)
    assert stream.tell() == 8


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"3", b"\xff\xfe", b"[" * 100_000, b'{"a":1}x'])
def test_a_head_that_is_no_object_is_refused(text: bytes) -> None:
    with pytest.raises(ProtocolError, match="not"):
        read_frame(io.BytesIO(struct.pack(">II", len(text), 0) + text))


def test_what_is_too_long_is_not_sent() -> None:
    stream = io.BytesIO()
    with pytest.raises(ProtocolError, match="through the study"):
        write_frame(stream, {}, bytes(BODY_LIMIT + 1))
    with pytest.raises(ProtocolError):
        write_frame(stream, {"a": "x" * HEAD_LIMIT})
    assert stream.getvalue() == b""


def test_flipped_bytes_never_raise_anything_else() -> None:
    rng = random.Random(3)
    whole = frame_bytes({"id": 1, "verb": "decode", "text": "é\u2028"}, bytes(64))
    for _ in range(2000):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read_frame(io.BytesIO(data))
        except ProtocolError as error:
            assert "\n" not in str(error)  # noqa: PT017 - a flip in the body is not an error


def test_heads_are_compact_json() -> None:
    frame = frame_bytes({"a": [1, 2]}, b"xy")
    assert struct.unpack(">II", frame[:8]) == (len(json.dumps({"a": [1, 2]}, separators=(",", ":"))), 2)
