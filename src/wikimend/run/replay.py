"""The changes of a record, found again page by page: made once more, or taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from wikimend.errors import PageError, Place
from wikimend.repair.finding import Mended
from wikimend.report.changes import Change, read_changes
from wikimend.run.chunk import Editor, Proposal
from wikimend.store.dump import Key, digest
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page

_TABLE = "CREATE TABLE change (page TEXT, record INTEGER, line TEXT)"
_INDEX = "CREATE INDEX of_page ON change (page)"
_INSERT = "INSERT INTO change VALUES (?, ?, ?)"
_PAGES = "SELECT count(DISTINCT page || ' ' || record) FROM change"
_OF_PAGE = "SELECT line FROM change WHERE page = ? GROUP BY line ORDER BY min(rowid)"
_ONE_OF_EACH = "SELECT line FROM change GROUP BY page ORDER BY min(rowid)"


@dataclass(frozen=True, slots=True)
class FromRecord:
    """Makes recorded changes, or takes them back."""

    index: Path
    """The changes by page; see `indexed`."""
    back: bool
    """Whether they are taken back."""

    def editor(self) -> Editor:
        """Return what changes a page; it raises PageError for a page that is another one."""
        # Read by one thread of each process, and gone with it.
        changes = sqlite3.connect(f"{self.index.as_uri()}?mode=ro&immutable=1", uri=True)

        def edit(page: Page, key: Key) -> Proposal:
            rows = changes.execute(
                _OF_PAGE, (_page(key.id, key.path, key.title, key.record, key.field),)
            )
            found: list[Change] = [json.loads(line) for (line,) in rows]
            return self._proposal(page, key, found) if found else Proposal(Mended(page, page.text))

        return edit

    def _proposal(self, page: Page, key: Key, found: list[Change]) -> Proposal:
        now = digest(page.text)
        fitting = [change for change in found if self._digests(change)[0] == now]
        if not fitting:
            if any(self._digests(change)[1] == now for change in found):
                return Proposal(Mended(page, page.text))
            raise PageError(
                "left as it is: it is not the page that the changes were made to",
                Place(page.name),
            )
        records = {change["record"] for change in fitting}
        record = key.record if key.record in records else min(records)
        fitting = [change for change in fitting if change["record"] == record]
        # A record that several runs have written may know more than one way from here.
        to = self._digests(fitting[-1])[1]
        changes = [change for change in fitting if self._digests(change)[1] == to]
        edits = [self._edit(change, page) for change in changes]
        try:
            text = apply(page.text, edits)
        except ValueError as error:
            message = "left as it is: the record holds changes that overlap"
            raise PageError(message, Place(page.name)) from error
        mended = Mended(page, text, tuple(edits))
        if not self.back:
            return Proposal(mended)
        stored = tuple(change.get("stored", change["before"]) for change in changes)
        return Proposal(mended, stored, dict(changes[0].get("envelope", {})))

    def _digests(self, change: Change) -> tuple[str, str]:
        """Return the digests of the page as it must be, and as it will be."""
        digests = change["sha256"], change["sha256_after"]
        return digests[::-1] if self.back else digests

    def _edit(self, change: Change, page: Page) -> Edit:
        rules = tuple(change["rules"])
        if self.back:
            start, old, new = change["start_after"], change["after"], change["before"]
        else:
            start, old, new = change["start"], change["before"], change["after"]
        if page.text[start : start + len(old)] != old:
            message = "left as it is: a change of the record does not fit"
            raise PageError(message, Place(page.name))
        return Edit(start, start + len(old), new, rules)


@contextmanager
def indexed(record: Path) -> Iterator[tuple[Path, int]]:
    """Give the changes of a record, indexed in a temporary file, and how many pages they are of.

    Raises PageError when it is no record of changes.
    """
    with TemporaryDirectory(prefix="wikimend-") as folder:
        path = Path(folder).resolve() / "changes.sqlite"
        with closing(sqlite3.connect(path)) as index:
            index.execute("PRAGMA journal_mode = OFF")
            index.execute("PRAGMA synchronous = OFF")
            index.execute(_TABLE)
            index.executemany(_INSERT, map(_row, read_changes(record)))
            index.execute(_INDEX)
            index.commit()
            (pages,) = index.execute(_PAGES).fetchone()
        yield path, pages


def recorded_pages(index: Path) -> Iterator[Key]:
    """Yield each page that has changes, in their order; see `indexed`."""
    with closing(sqlite3.connect(index)) as changes:
        for (line,) in changes.execute(_ONE_OF_EACH):
            change = json.loads(line)
            yield Key(*(change[name] for name in ("record", "field", "id", "title", "path")))


def _row(change: Change) -> tuple[str, int, str]:
    page = _page(change["id"], change["path"], change["title"], change["record"], change["field"])
    return page, change["record"], json.dumps(change)


def _page(id_: str | None, path: str | None, title: str | None, record: int, field: str) -> str:
    """Return what a page is found by: the first that it has of id, path, title and number."""
    return json.dumps([id_ or path or title or record, field])
