"""Compressed files: read to their end or not at all, and written member by member."""

from __future__ import annotations

import bz2
import gzip
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from wikimend.errors import PageError
from wikimend.store.compression import CODECS, Reader, codec_of, sniff

DATA = b"".join(b"%d the harbor lies where the road meets the sea\n" % n for n in range(8_000))
"""About 400 kilobytes."""


def unpack_zst(data: bytes) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as reader:
        return reader.read()


UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.decompress,
    "zst": unpack_zst,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
}
by_codec = pytest.mark.parametrize("codec", CODECS)


def read(path: Path) -> bytes:
    reader = Reader(path)
    try:
        data = b"".join(iter(reader.read, b""))
        reader.check()
    finally:
        reader.close()
    return data


@by_codec
@pytest.mark.parametrize("kept", [0.001, 0.3, 0.9, 0.9999])
def test_a_file_that_is_cut_off(codec: str, kept: float, tmp_path: Path) -> None:
    packed = CODECS[codec].compress(DATA)
    path = tmp_path / "d"
    path.write_bytes(packed[: max(7, int(len(packed) * kept))])
    reader = Reader(path)
    got = b"".join(iter(reader.read, b""))
    reader.close()
    assert DATA.startswith(got)
    with pytest.raises(PageError, match=r"d: ends too early: the compressed data is cut off"):
        reader.check()


@by_codec
def test_a_file_that_is_damaged(codec: str, tmp_path: Path) -> None:
    packed = bytearray(CODECS[codec].compress(DATA))
    middle = len(packed) // 2
    packed[middle : middle + 40] = bytes(40)
    path = tmp_path / "d"
    path.write_bytes(packed)
    with pytest.raises(PageError, match="d: "):
        read(path)


@by_codec
def test_something_else_behind_the_end(codec: str, tmp_path: Path) -> None:
    path = tmp_path / "d"
    path.write_bytes(CODECS[codec].compress(DATA) + b"and so on, and so on")
    with pytest.raises(PageError, match="d: "):
        read(path)


@by_codec
def test_members_one_behind_another_are_one_file(codec: str, tmp_path: Path) -> None:
    compress = CODECS[codec].compress
    half = len(DATA) // 2
    packed = compress(DATA[:half]) + compress(b"") + compress(DATA[half:])
    assert UNPACK[codec](packed) == DATA
    path = tmp_path / "d"
    path.write_bytes(packed)
    assert read(path) == DATA
    assert sniff(path) == codec


def test_zstandard_frames_that_look_far_back_and_those_to_be_skipped(tmp_path: Path) -> None:
    far = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    frame = zstandard.ZstdCompressor(compression_params=far).compressobj()
    long = frame.compress(DATA) + frame.flush()
    skipped = b"\x50\x2a\x4d\x18\x04\0\0\0skip"
    path = tmp_path / "d"
    path.write_bytes(long + skipped + CODECS["zst"].compress(DATA) + skipped)
    assert read(path) == DATA + DATA


@by_codec
def test_the_same_data_gives_the_same_bytes(codec: str) -> None:
    assert CODECS[codec].compress(DATA) == CODECS[codec].compress(DATA)


def test_what_a_file_is_called(tmp_path: Path) -> None:
    assert [codec_of(f"a.jsonl.{codec}") for codec in CODECS] == list(CODECS)
    assert codec_of("gz") is None
    plain = tmp_path / "d.gz"
    plain.write_bytes(DATA)
    assert (sniff(plain), read(plain)) == (None, DATA)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="cannot be read: the file is gone"):
        Reader(tmp_path / "d")


@pytest.mark.parametrize(
    ("library", "format_name", "extra"),
    [("zstandard", "jsonl", "zst"), ("pyarrow", "parquet", "parquet")],
)
def test_a_missing_library_is_named(
    library: str, format_name: str, extra: str, tmp_path: Path
) -> None:
    (tmp_path / "d").write_bytes(CODECS["zst"].compress(b"{}"))
    script = f"import sys; sys.modules['{library}'] = None; sys.argv = sys.argv[1:]\n"
    script += "from wikimend.__main__ import main; main()"
    command = [sys.executable, "-c", script, "wikimend", "lint", "d", "--format", format_name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"pip install 'wikimend[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
