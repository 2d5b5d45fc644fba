"""Parquet and SQLite: every cell that is not part of a change stays, and all around them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wikimend.errors import PageError, UsageError
from wikimend.store import parquet, sqlite
from wikimend.store.dump import Dump, Fields, Format, Rewrite, Target, Text
from wikimend.store.parquet import ParquetFormat
from wikimend.store.sqlite import SqliteFormat
from wikimend.text.edit import Edit

FIRST = Rewrite(Edit(0, 1, "Z"))
"""What the tests do to a text: its first character becomes a Z."""


def mend(
    form: Format,
    source: Path,
    target: Path,
    fields: Fields | None = None,
    only: str = "",
    span: tuple[int, int | None] = (0, None),
) -> Sequence[PageError]:
    """Change the first character of every text with `only` in it, and return what was left."""
    fields = fields or Fields()
    dump: Dump = form.open(source, fields)
    part = target.with_name("part")
    with part.open("wb") as kept:
        for chunk in dump.chunks():
            for text in chunk.texts():
                assert isinstance(text, Text)
                if text.page.text and only in text.page.text:
                    kept.write(chunk.result(chunk.rewrite(text, [FIRST], {}).patches))
    dump.close()
    return form.finish(source, fields, Target(target, part, *span))


def table(**columns: Any) -> pa.Table:
    return pa.table(columns)


TABLES = {
    "strings": table(text=["a", None, "b", ""], n=[1, None, 3, 4]),
    "large strings": table(text=pa.array(["a", None, "b"], pa.large_string())),
    "a dictionary": table(text=pa.array(["a", "b", "a", None]).dictionary_encode()),
    "nested": table(id=[1, 2], text=["a", "b"], more=[[{"x": 1.5}], None], t=[b"\0", b"a"]),
    "no rows": table(text=pa.array([], pa.string()), n=pa.array([], pa.int8())),
    "metadata": table(text=["a"]).replace_schema_metadata({"harbor": "é", "b": "2"}),
}


def written(path: Path) -> tuple[Any, ...]:
    """Return how a Parquet file is written, as far as a reader can tell."""
    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
        return (
            file.schema_arrow.to_string(show_field_metadata=True, show_schema_metadata=True),
            sorted((file.metadata.metadata or {}).keys()),
            file.metadata.format_version,
            [group.num_rows for group in groups],
            [[group.column(n).compression for n in range(group.num_columns)] for group in groups],
        )


@pytest.mark.parametrize("data", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"row_group_size": 1, "compression": "zstd"},
        {"compression": "NONE", "use_dictionary": False, "version": "1.0", "store_schema": False},
    ],
    ids=["plain", "small groups", "old"],
)
def test_parquet_without_a_change(data: Any, settings: dict[str, Any], tmp_path: Path) -> None:
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(data, source, **settings)
    assert mend(ParquetFormat(), source, target, only="nothing") == []
    assert pq.read_table(target).equals(pq.read_table(source), check_metadata=True)
    assert written(target) == written(source)


@pytest.mark.parametrize("data", TABLES.values(), ids=TABLES)
def test_parquet_with_a_change(data: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "CHUNK", 1)
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(data, source, row_group_size=2, compression={"text": "gzip"})
    assert mend(ParquetFormat(), source, target, only="a") == []
    texts = [text and text.replace("a", "Z") for text in data["text"].to_pylist()]
    expected = data.set_column(
        data.schema.get_field_index("text"),
        data.schema.field("text"),
        pa.array(texts, data.schema.field("text").type),
    )
    assert pq.read_table(target).to_pylist() == expected.to_pylist()
    assert written(target) == written(source)


@pytest.mark.parametrize(
    ("span", "texts"),
    [((0, None), ["Z", "Z", "Z"]), ((0, 2), ["Z", "Z"]), ((2, None), ["Z"]), ((0, 0), [])],
)
def test_a_shard_of_parquet(span: tuple[int, int | None], texts: list[str], tmp_path: Path) -> None:
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(table(text=["a", "b", "c"]), source, row_group_size=2)
    mend(ParquetFormat(), source, target, span=span)
    assert pq.read_table(target)["text"].to_pylist() == texts


def test_a_row_that_is_another_one_by_now(tmp_path: Path) -> None:
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(table(text=["a", "b"]), source)
    form = ParquetFormat()
    mend(form, source, target)
    part = tmp_path / "part"
    pq.write_table(table(text=["c", "Z"]), source)
    (error,) = form.finish(source, Fields(), Target(target, part))
    assert "row 1 was changed while it was being mended" in str(error)
    assert pq.read_table(target)["text"].to_pylist() == ["c", "Z"]


NO_PARQUET = {
    "nothing": b"",
    "words": b"the harbor lies where the road meets the sea",
    "a torso": b"PAR1" + b"\0" * 100 + b"PAR1",
}


@pytest.mark.parametrize("content", NO_PARQUET.values(), ids=NO_PARQUET)
def test_no_parquet(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(PageError, match="not a whole Parquet file"):
        ParquetFormat().open(path, Fields())


@pytest.mark.parametrize(
    ("data", "fields", "message"),
    [
        (table(n=[1]), Fields(), "no column of texts in sight"),
        (table(n=[1]), Fields(text=("n",)), "there is no column n that fits"),
        (table(text=["a"]), Fields(id="m"), "there is no column m that fits"),
    ],
)
def test_no_columns(data: Any, fields: Fields, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(data, path)
    with pytest.raises(UsageError, match=message):
        ParquetFormat().open(path, fields)


SCHEMA = """
    CREATE TABLE pages (id INTEGER PRIMARY KEY, title TEXT, body TEXT, n);
    CREATE TABLE log (page INTEGER, was TEXT);
    CREATE VIRTUAL TABLE search USING fts5(body, content='pages', content_rowid='id');
    CREATE TRIGGER added AFTER INSERT ON pages BEGIN
      INSERT INTO search(rowid, body) VALUES (new.id, new.body);
    END;
    CREATE TRIGGER changed AFTER UPDATE ON pages BEGIN
      INSERT INTO search(search, rowid, body) VALUES ('delete', old.id, old.body);
      INSERT INTO search(rowid, body) VALUES (new.id, new.body);
      INSERT INTO log VALUES (old.id, old.body);
    END;
"""
ROWS = [
    (3, "Tides", "a tide", 1.5),
    (7, None, "b tide\0é", b"\xff"),
    (8, "", None, None),
    (9, "x", b"blob", "1"),
    (2**40, "y", b"", -0.0),
]


@pytest.fixture(params=["UTF-8", "UTF-16le"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA encoding = '{request.param}'")
        connection.executescript(SCHEMA)
        insert = "INSERT INTO pages (id, title, body, n) VALUES (?, ?, ?, ?)"
        connection.executemany(insert, ROWS)
        connection.commit()
    return path


def rows(path: Path, query: str = "SELECT id, title, body, n FROM pages") -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def dumped(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_sqlite_without_a_change(database: Path) -> None:
    target = database.with_name("b.db")
    assert mend(SqliteFormat(), database, target, only="nothing") == []
    assert dumped(target) == dumped(database)


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_sqlite_with_a_change(in_place: bool, mode: str, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    target = database if in_place else database.with_name("b.db")
    assert mend(SqliteFormat(), database, target) == []
    mended = [(3, "Tides", "Z tide", 1.5), (7, None, "Z tide\0é", b"\xff"), *ROWS[2:]]
    assert rows(target) == mended
    assert in_place or rows(database) == ROWS
    assert rows(target, "SELECT * FROM log") == [(3, "a tide"), (7, "b tide\0é")]
    assert rows(target, "SELECT rowid FROM search WHERE search MATCH 'Z'") == [(3,), (7,)]
    assert rows(target, "SELECT rowid FROM search WHERE search MATCH 'a'") == []
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert {path.name for path in target.parent.iterdir()} <= {"a.db", "b.db", "part"}


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_a_log_of_another_database_is_not_applied_to_the_new_one(end: str, database: Path) -> None:
    target = database.with_name("b.db")
    log = database.with_name(f"b.db{end}")
    log.write_bytes(b"not empty")
    with pytest.raises(PageError, match=f"b.db{end} is there, so that a program may be at it"):
        mend(SqliteFormat(), database, target)
    assert not target.exists()
    log.write_bytes(b"")
    assert mend(SqliteFormat(), database, target) == []


def test_a_text_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pages (body TEXT)")
        connection.execute("INSERT INTO pages VALUES (CAST(? AS TEXT))", (b"a caf\xe9",))
        connection.commit()
    assert mend(SqliteFormat(), path, path) == []
    assert rows(path, "SELECT typeof(body), CAST(body AS BLOB) FROM pages") == [
        ("text", b"Z caf\xe9")
    ]


def test_a_row_that_refuses_the_change_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pages (body TEXT CHECK (body <> 'Zb'))")
        connection.executemany("INSERT INTO pages VALUES (?)", [("ab",), ("ac",)])
        connection.commit()
    (error,) = mend(SqliteFormat(), path, path)
    assert "row 1 is left as it is: CHECK constraint failed" in str(error)
    assert rows(path, "SELECT body FROM pages") == [("ab",), ("Zc",)]


def test_a_change_that_fails_amid_the_transaction_leaves_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dumped(database)
    made = sqlite._update_cell
    calls: list[int] = []

    def fail(connection: sqlite3.Connection, table: str, cell: Any) -> bool:
        calls.append(cell.row)
        if len(calls) == 2:
            raise sqlite3.OperationalError("database or disk is full")
        return made(connection, table, cell)

    monkeypatch.setattr(sqlite, "_update_cell", fail)
    for target in (database, database.with_name("b.db")):
        calls.clear()
        with pytest.raises(PageError, match="cannot be written: database or disk is full"):
            mend(SqliteFormat(), database, target)
        assert dumped(database) == before
        assert {path.name for path in database.parent.iterdir()} == {"a.db", "part"}


@pytest.mark.parametrize(
    ("schema", "fields", "message"),
    [
        ("", Fields(), "no table of pages in sight"),
        ("CREATE TABLE a (n)", Fields(), "no table of pages in sight"),
        ("CREATE TABLE a (text); CREATE TABLE b (body)", Fields(), "which of a, b?"),
        ("CREATE TABLE a (text)", Fields(table="c"), "there is no table c"),
        ("CREATE TABLE a (text)", Fields(text=("c",), table="a"), "there is no column c"),
        (
            "CREATE TABLE a (text PRIMARY KEY) WITHOUT ROWID",
            Fields(),
            "the table a has no rowid",
        ),
    ],
)
def test_no_table(schema: str, fields: Fields, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema)
    with pytest.raises(UsageError, match=message):
        SqliteFormat().open(path, fields)


def test_strange_names(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('CREATE TABLE "a "" b" ("c "" d")')
        connection.execute('INSERT INTO "a "" b" VALUES (\'x\')')
        connection.commit()
    assert mend(SqliteFormat(), path, path, Fields(table='a " b', text=('c " d',))) == []
    assert rows(path, 'SELECT * FROM "a "" b"') == [("Z",)]


@pytest.mark.parametrize("content", [b"the harbor lies where the road meets the sea" * 9])
def test_no_database(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(PageError, match="not a database that can be read: file is not a database"):
        SqliteFormat().open(path, Fields())
