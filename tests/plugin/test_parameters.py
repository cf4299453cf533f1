"""Parameters: the dataclass's annotations become a schema, and text becomes values."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.plugin.errors import ParameterError
from innervoice.plugin.parameters import Choice, Help, Range, Unit, parse, presets, schema, values_of


@dataclass(frozen=True)
class Knobs:
    count: Annotated[int, Range(1, 512), Help("How many."), Unit("neurons")] = 100
    width: Annotated[float, Range(0.0)] = 1.5
    by: Annotated[str, Choice("median", "mean")] = "median"
    deep: bool = False

    presets: ClassVar[dict[str, dict[str, object]]] = {"few": {"count": 3}}


def test_schema_says_everything_a_form_needs() -> None:
    count, width, by, deep = schema(Knobs)["fields"]
    assert count == {
        "name": "count",
        "type": "int",
        "default": 100,
        "minimum": 1,
        "maximum": 512,
        "choices": None,
        "help": "How many.",
        "unit": "neurons",
    }
    assert (width["type"], width["minimum"], width["maximum"]) == ("float", 0.0, None)
    assert (by["type"], by["choices"], by["default"]) == ("str", ["median", "mean"], "median")
    assert (deep["type"], deep["default"]) == ("bool", False)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "count": st.integers(1, 512),
            "width": st.floats(0, 1e9),
            "by": st.sampled_from(["median", "mean"]),
            "deep": st.booleans(),
        },
    )
)
def test_text_and_values_come_to_the_same(values: dict[str, object]) -> None:
    typed = parse(Knobs, values)  # type: ignore[arg-type]
    text = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()}
    assert parse(Knobs, text) == typed
    assert values_of(typed) == values_of(Knobs()) | values


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"count": "600"}, "count must be a whole number from 1 to 512, not '600'."),
        ({"count": 1.5}, "count must be a whole number from 1 to 512, not 1.5."),
        ({"count": True}, "count must be a whole number from 1 to 512, not True."),
        ({"count": "x"}, "count must be a whole number from 1 to 512, not 'x'."),
        ({"count": float("inf")}, "count must be a whole number from 1 to 512, not inf."),
        ({"width": "nan"}, "width must be a number of 0.0 or more, not 'nan'."),
        ({"width": -1}, "width must be a number of 0.0 or more, not -1."),
        ({"by": "mode"}, "by must be one of median, mean, not 'mode'."),
        ({"by": 3}, "by must be one of median, mean, not 3."),
        ({"deep": "perhaps"}, "deep must be true or false, not 'perhaps'."),
        ({"depth": 1}, "There is no parameter 'depth'; the parameters are: count, width, by, deep."),
    ],
)
def test_errors_name_the_parameter_and_what_it_may_be(values: dict[str, object], sentence: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parse(Knobs, values)  # type: ignore[arg-type]
    assert str(raised.value) == sentence


def test_a_preset_may_name_the_seed_of_the_run() -> None:
    @dataclass(frozen=True)
    class Seeded(Knobs):
        presets: ClassVar[dict[str, dict[str, object]]] = {"paper": {"count": 3, "seed": 99}}

    assert presets(Seeded) == {"paper": {"count": 3, "seed": 99}}
    for wrong in (-1, 1.5, True, "x"):
        Seeded.presets = {"paper": {"seed": wrong}}
        with pytest.raises(ParameterError, match="seed of the preset 'paper'"):
            presets(Seeded)


def test_presets_are_checked() -> None:
    assert presets(Knobs) == {"few": {"count": 3}}

    @dataclass(frozen=True)
    class Wrong(Knobs):
        presets: ClassVar[dict[str, dict[str, object]]] = {"many": {"count": 10**6}}

    with pytest.raises(ParameterError, match="count must be"):
        presets(Wrong)


def test_what_cannot_be_a_form_is_refused() -> None:
    @dataclass(frozen=True)
    class Listed:
        names: list[str] = field(default_factory=list)

    @dataclass(frozen=True)
    class Needed:
        count: int

    @dataclass(frozen=True)
    class Outside:
        count: Annotated[int, Range(1, 3)] = 9

    for cls, said in (
        (Listed, "int, float, bool or str"),
        (Needed, "default"),
        (Outside, "from 1 to 3"),
        (int, "data"),
    ):
        with pytest.raises(ParameterError, match=said):
            schema(cls)
