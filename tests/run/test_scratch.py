"""What was written is read again, wherever it is: in the file, in memory, or in both."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.run import scratch
from wikimend.run.scratch import Scratch


def written(to: Scratch, pieces: list[bytes]) -> None:
    """Write pieces, and see that all of them can be read."""
    places = [(to.append(piece), piece) for piece in pieces]
    whole = b"".join(pieces)
    assert len(to) == len(whole)
    assert [to.read(start, len(piece)) for start, piece in places] == pieces
    assert b"".join(to.pieces(len(to))) == whole


@given(st.lists(st.binary(max_size=9), max_size=30), st.integers(0, 20))
def test_any_pieces(pieces: list[bytes], buffer: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scratch, "BUFFER", max(buffer, 1))
        written(Scratch.empty(None), pieces)
        written(Scratch(None), pieces)


def test_a_file_without_a_name_leaves_nothing_behind(tmp_path: Path) -> None:
    there = Scratch.empty(tmp_path / "folder")
    there.append(bytes(2 * scratch.BUFFER))
    assert list((tmp_path / "folder").iterdir()) == []


def test_where_no_file_can_be_made_in_the_folder_it_is_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    written(Scratch.empty(tmp_path / "file" / "folder"), [b"a", bytes(2 * scratch.BUFFER)])


class Full:
    """A file on a disk that has room for ten bytes, and takes no more than three at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def write(self, data: bytes) -> int:
        """Write what there is room for."""
        room = min(3, 10 - self.file.tell())
        if not room:
            raise OSError(28, os.strerror(28))
        return self.file.write(data[:room])

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)


def test_on_a_full_disk_the_rest_is_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "BUFFER", 2)
    with (tmp_path / "file").open("w+b", buffering=0) as file:
        written(Scratch(Full(file)), [b"abc", b"defg", b"", b"hijkl", b"mnopqrstuv"])  # type: ignore[arg-type]
        assert (tmp_path / "file").read_bytes() == b"abcdefghij"
