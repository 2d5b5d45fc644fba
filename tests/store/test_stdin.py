"""Standard input and output, byte for byte."""

from __future__ import annotations

import io

import pytest

from wikimend.errors import PageError
from wikimend.store.stdin import read_stdin, write_stdout

BYTES = [b"", b"a\nb", b"a\r\nb\r", b"\xef\xbb\xbfa\n", b"caf\xe9 \xff\n", "später".encode()]


@pytest.mark.parametrize("data", BYTES)
@pytest.mark.parametrize(
    ("filename", "name", "dialect"),
    [
        (None, "<stdin>", "markdown"),
        ("docs/a.mdx", "docs/a.mdx", "mdx"),
        ("a.wiki", "a.wiki", "mediawiki"),
    ],
)
def test_stdin_keeps_every_byte(
    monkeypatch: pytest.MonkeyPatch, data: bytes, filename: str | None, name: str, dialect: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    page = read_stdin(filename)
    assert (page.to_bytes(), page.name, page.dialect) == (data, name, dialect)


def test_a_closed_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(PageError, match=r"^a.md: standard input is closed$"):
        read_stdin("a.md")


@pytest.mark.parametrize("data", BYTES)
def test_stdout_keeps_every_byte_and_the_order(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    out = io.BytesIO()
    stdout = io.TextIOWrapper(out, newline="\r\n")
    monkeypatch.setattr("sys.stdout", stdout)
    stdout.write("before ")
    write_stdout(data)
    assert out.getvalue() == b"before " + data


def test_a_closed_standard_output_is_left_to_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Closed()))
    with pytest.raises(BrokenPipeError):
        write_stdout(b"a")
    # The stream must be let go, or its end would raise once more.
    monkeypatch.undo()
