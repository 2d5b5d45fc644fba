"""The parts of a dump: each chunk is in one of them, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.errors import UsageError
from wikimend.run.shard import Shard


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1 / 2"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(UsageError, match="is no part of anything"):
        Shard.of(text)


@given(st.integers(1, 12), st.lists(st.integers(1, 50), max_size=30))
def test_every_chunk_is_in_one_part_and_the_parts_are_in_order(
    count: int, lengths: list[int]
) -> None:
    size = sum(lengths)
    offsets = [sum(lengths[:n]) for n in range(len(lengths))]
    shards = [Shard(number, count) for number in range(1, count + 1)]
    parts = [[s.number for s in shards if s.holds(offset, size)] for offset in offsets]
    assert all(len(part) == 1 for part in parts)
    assert parts == sorted(parts)
