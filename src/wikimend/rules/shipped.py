"""The shipped rules, kept ready from one run to the next.

Reading and checking all rules takes longer than linting a page. What comes of it is kept in the
cache, as data: for each rule what every run asks of it, and its node in the file, which is
compiled when a page needs the rule. The file that was read is known by its size and checksum; a
cache that is cut, edited or another version's is as good as none.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from zlib import crc32

from wikimend import __version__
from wikimend.caches import cache_folder, read_sealed, write_sealed
from wikimend.rules.kept import from_json, to_json
from wikimend.rules.loaded import FileSettings, LoadedRules
from wikimend.rules.source import default_path, read_text

_FORMAT = 1


@cache
def shipped() -> LoadedRules:
    """Return the rules that come with the program; raises RuleFileError."""
    path = default_path()
    text = read_text(path)
    kept = cache_folder() / f"rules-{crc32(os.fsencode(path)):08x}.json"
    head = _head(text)
    body = read_sealed(kept, head)
    if body is not None:
        return from_json(body, text, str(path))
    from wikimend.rules.reader import read_shipped

    loaded = read_shipped(text, path)
    if loaded.settings == FileSettings():
        write_sealed(kept, head, to_json(loaded, text, str(path)))
    return loaded


def _head(text: str) -> bytes:
    """Return what a cache of this rule file begins with: it names all that it rests on."""
    package = Path(__file__).parents[1]
    sources = sorted((*package.glob("rules/*.py"), *package.glob("text/*.py")))
    stamps = "".join(f"{s.name} {s.stat().st_size} {s.stat().st_mtime_ns}\n" for s in sources)
    data = (stamps + text).encode("utf-8", "surrogatepass")
    return f"wikimend rules {__version__} {_FORMAT} {len(data)} {crc32(data):08x}".encode("ascii")
