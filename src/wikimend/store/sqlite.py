"""SQLite databases: read in one snapshot, changed in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from wikimend.errors import PageError, Place, UsageError
from wikimend.store import guess
from wikimend.store.dump import CHUNK, Cell, Fields, Target, digest
from wikimend.store.files import reason
from wikimend.store.part import beside
from wikimend.store.rows import Columns, Rows, changed_error, choose, kept_cells
from wikimend.store.whole import put

_TABLES = """
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY name
"""
_COLUMNS = "SELECT name FROM pragma_table_info(?)"


@contextmanager
def _errors(path: Path, what: str) -> Iterator[None]:
    """Turn the errors of the library into PageError."""
    try:
        yield
    except sqlite3.Error as error:
        raise PageError(f"{what}: {error}", Place(str(path))) from error
    except OSError as error:
        raise PageError(f"{what}: {reason(error)}", Place(str(path))) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # Without an isolation level the library opens no transactions of its own.
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return connection


def _snapshot(path: Path) -> sqlite3.Connection:
    """Return a connection that sees the database as it is now.

    It only reads, unless a process died amid a transaction: that is taken back first, as every
    program that opens such a database does.
    """
    for mode in ("ro", "rw"):
        connection = _connect(path, mode)
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            connection.close()
            if mode == "rw" or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
        else:
            return connection
    raise AssertionError("the second mode returns or raises")


class SqliteDump:
    """An open database."""

    codec: str | None = None
    """Such a file is not compressed."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self._path = path
        self._fields = fields
        with _errors(path, "not a database that can be read"):
            self._connection = _snapshot(path)
            self._table, self._columns = _choose(self._connection, fields, str(path))
            self.length: int = self._one(f"SELECT count(*) FROM {_quoted(self._table)}")
            """Rows of the table."""
        self.position = 0
        """Rows that were read."""

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def size(self) -> int:
        """Return the number of rows."""
        return self.length

    def chunks(self) -> Iterator[Rows]:
        """Yield the rows in the order of their rowids, some at once."""
        columns = self._columns.all
        asked = ", ".join(map(_quoted, columns))
        query = f"SELECT rowid, {asked} FROM {_quoted(self._table)} ORDER BY rowid"
        rows: list[tuple[object, ...]] = []
        size = 0
        with _errors(self._path, "cannot be read on"):
            for row in self._connection.execute(query):
                rows.append(row)
                size += sum(len(value) for value in row if isinstance(value, str))
                if size >= CHUNK:
                    yield self._rows(rows)
                    rows, size = [], 0
        if rows:
            yield self._rows(rows)

    def _rows(self, rows: list[tuple[object, ...]]) -> Rows:
        numbers, *values = zip(*rows, strict=True)
        offset = self.position
        self.position += len(rows)
        named = dict(zip(self._columns.all, values, strict=True))
        return Rows(offset, numbers, named, self._columns, str(self._path), self._fields)

    def _one(self, query: str) -> int:
        (value,) = self._connection.execute(query).fetchone()
        return int(value)


class SqliteFormat:
    """SQLite."""

    compressible = False
    """Whether such files come compressed."""

    def open(self, path: Path, fields: Fields) -> SqliteDump:
        """Return the dump at `path`; raises PageError when it cannot be read."""
        return SqliteDump(path, fields)

    def finish(self, source: Path, fields: Fields, target: Target) -> Sequence[PageError]:
        """Change the cells in one transaction: in `source` itself, or in a copy of it."""
        if target.path == source:
            return _update(source, fields, target.part, str(source))
        new = beside(target.path, "new")
        _require_no_log(target.path)
        try:
            with _errors(target.path, "cannot be written"):
                new.unlink(missing_ok=True)
                with closing(_snapshot(source)) as origin, closing(sqlite3.connect(new)) as copy:
                    origin.backup(copy)
            left = _update(new, fields, target.part, str(source))
            put(new, target.path, source)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        return left


def _require_no_log(path: Path) -> None:
    """Raise PageError where what is left of another database would be applied to a new one."""
    for end in ("-wal", "-journal"):
        log = path.with_name(f"{path.name}{end}")
        if log.is_file() and log.stat().st_size:
            message = f"cannot be written: {log.name} is there, so that a program may be at it"
            raise PageError(message, Place(str(path)))


def _update(path: Path, fields: Fields, part: Path, name: str) -> Sequence[PageError]:
    """Change the cells that `part` holds, and return an error for each that cannot be changed."""
    left: list[PageError] = []
    with _errors(path, "cannot be written"), closing(_connect(path, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        table, _ = _choose(connection, fields, name)
        for cell in kept_cells(part):
            try:
                if not _update_cell(connection, table, cell):
                    left.append(changed_error(name, cell.row))
            except sqlite3.IntegrityError as error:
                message = f"row {cell.row} is left as it is: {error}"
                left.append(PageError(message, Place(name)))
        connection.execute("COMMIT")
    return left


def _update_cell(connection: sqlite3.Connection, table: str, cell: Cell) -> bool:
    """Change a cell, and return whether it holds what it should."""
    column, quoted = _quoted(cell.column), _quoted(table)
    query = f"SELECT {column} FROM {quoted} WHERE rowid = ?"
    found = connection.execute(query, (cell.row,)).fetchone()
    if found is None or not isinstance(found[0], str):
        return False
    if digest(found[0]) != cell.before:
        return bool(found[0] == cell.text)
    # Bytes that are no UTF-8 are text to SQLite all the same.
    data = cell.text.encode("utf-8", "surrogateescape")
    decodable = cell.text.encode("utf-8", "replace") == data
    value, new = (cell.text, "?") if decodable else (data, "CAST(? AS TEXT)")
    connection.execute(f"UPDATE {quoted} SET {column} = {new} WHERE rowid = ?", (value, cell.row))
    return True


def _choose(connection: sqlite3.Connection, fields: Fields, name: str) -> tuple[str, Columns]:
    """Return the table and the columns that `fields` name, or good guesses; raises UsageError."""
    columns = {
        table: [column for (column,) in connection.execute(_COLUMNS, (table,))]
        for (table,) in connection.execute(_TABLES)
    }
    table = fields.table
    if table is None:
        wanted = fields.text or guess.TEXT
        fitting = [table for table, names in columns.items() if guess.first(wanted, names)]
        if len(fitting) != 1:
            which = f"which of {', '.join(fitting)}" if fitting else "no table of pages in sight"
            raise UsageError(f"{which}? --table names it", Place(name))
        table = fitting[0]
    present = [column for (column,) in connection.execute(_COLUMNS, (table,))]
    if not present:
        raise UsageError(f"there is no table {table}", Place(name))
    try:
        connection.execute(f"SELECT rowid FROM {_quoted(table)} LIMIT 1")
    except sqlite3.OperationalError as error:
        raise UsageError(f"the table {table} has no rowid", Place(name)) from error
    return table, choose(fields, present, present, name)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
