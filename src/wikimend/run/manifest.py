"""What a run over a dump has done, on the disk, so that another one can go on from there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from wikimend.store import part

VERSION = 2
"""Raised when a manifest of before can no longer be gone on with."""

State = Literal["running", "finishing", "finished"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A point of a run at which all files on the disk agree."""

    identity: str
    """A digest of the options, the rules and the program; another run has another one."""
    state: State = "running"
    """`finishing` when all chunks are done, `finished` when the files have their names, too."""
    chunks: int = 0
    """Chunks of the dump that are done."""
    digest: str = ""
    """SHA-256 of what these chunks hold: the input, unpacked."""
    output: int = 0
    """Size of the part file of the dump."""
    report: int = 0
    """Size of the part file of the report."""
    first: int = 0
    """Where the first chunk of the run began; see `Target`."""
    end: int | None = None
    """Where the first chunk behind them begins; None when there is none."""
    counts: Mapping[str, Any] = field(default_factory=dict)
    """What was counted; see `Summary.counts`."""
    source: tuple[int, ...] = ()
    """What told the dump from other files before it was read: see `fingerprint`."""
    made: tuple[int, ...] = ()
    """What tells the part file, and then the new dump, from other files: see `fingerprint`."""

    def save(self, path: Path, final: Path) -> None:
        """Write it to `path` in one step; raises PageError, naming `final`, when it cannot be."""
        document = {"version": VERSION, **asdict(self)}
        part.replace(path, json.dumps(document, indent=1).encode() + b"\n", final)


def load(path: Path) -> Manifest | None:
    """Return the manifest at `path`; None when there is none that can be gone on with."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        document = json.loads(path.read_bytes())
        if document.pop("version") == VERSION:
            prints = {name: tuple(document[name]) for name in ("source", "made")}
            return Manifest(**{**document, **prints})
    return None


def identity(options: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Return a digest of the options of a run and of the files that its rules come from."""
    digest = sha256(json.dumps(options, sort_keys=True, default=str).encode())
    for name in sorted(files):
        digest.update(b"\0" + name.encode() + b"\0" + sha256(files[name]).digest())
    return digest.hexdigest()


def fingerprint(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is written or replaced; empty when there is none.

    The log that SQLite may write beside a database belongs to it.
    """
    found: list[int] = []
    for file in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            stat = file.stat()
            found += (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    return tuple(found)
