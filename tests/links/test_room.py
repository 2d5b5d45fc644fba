"""Numbers and bytes in memory of their own are what was put there."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.links.room import Bytes, Numbers


@pytest.mark.parametrize(("kind", "number"), [("I", -1), ("I", 1 << 32), ("Q", -1), ("q", 1 << 63)])
def test_a_number_for_which_there_is_no_place_is_refused(kind: str, number: int) -> None:
    numbers = Numbers(kind)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        numbers.append(number)


@given(st.integers(0, 3000), st.lists(st.integers(-9, 9)), st.integers(0, 2000))
def test_numbers_are_a_list(zeros: int, added: list[int], more: int) -> None:
    known = [0] * zeros
    numbers = Numbers("q", zeros)
    for number in (*added, *range(more)):
        known.append(number)
        numbers.append(number)
    if known:
        known[0] = numbers[0] = 7
        assert numbers.pop() == known.pop()
    known.append(0)
    numbers.append(0)
    assert list(numbers) == known
    assert len(numbers) == len(known)
    assert bytes(numbers.all()) == array("q", known).tobytes()


@given(st.lists(st.binary(max_size=9000), max_size=9))
def test_bytes_are_put_together(pieces: list[bytes]) -> None:
    found = Bytes()
    for number, piece in enumerate(pieces):
        assert found.append(piece) == sum(map(len, pieces[:number]))
    assert bytes(found.all()) == b"".join(pieces)
    assert len(found) == len(found.all())
