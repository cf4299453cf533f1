"""The names of the 128 programs."""

from innervoice.music.general_midi import FAMILIES, FAMILY_SIZE, INSTRUMENTS


def test_there_are_sixteen_families_of_eight_and_every_name_is_its_own() -> None:
    assert [len(names) for _, names in FAMILIES] == [FAMILY_SIZE] * 16
    assert len(set(INSTRUMENTS)) == 128


def test_the_programs_that_everybody_knows_are_where_they_should_be() -> None:
    known = {0: "Acoustic grand piano", 19: "Church organ", 40: "Violin", 56: "Trumpet", 73: "Flute", 115: "Woodblock"}
    assert {number: INSTRUMENTS[number] for number in known} == known
