"""Parquet files: read and written row group by row group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from wikimend.errors import PageError, Place, UsageError
from wikimend.store.dump import CHUNK, Cell, Fields, Target, digest
from wikimend.store.files import reason
from wikimend.store.part import beside
from wikimend.store.rows import Columns, Rows, changed_error, choose, kept_cells
from wikimend.store.whole import put


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        message = "Parquet needs a library of its own: pip install 'wikimend[parquet]'"
        raise UsageError(message) from error
    return pyarrow, pyarrow.parquet


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn the errors of the library into PageError."""
    arrow, _ = _pyarrow()
    try:
        yield
    except (arrow.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise PageError(f"cannot be read: {reason(error)}", Place(str(path))) from error
        first = str(error).splitlines()[0]
        raise PageError(f"not a whole Parquet file: {first}", Place(str(path))) from error


class ParquetDump:
    """An open Parquet file."""

    codec: str | None = None
    """Such a file is compressed inside."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self._path = path
        self._fields = fields
        arrow, parquet = _pyarrow()
        with _reading(path):
            self._file = parquet.ParquetFile(path)
        names = [field.name for field in self._file.schema_arrow]
        words = [field.name for field in self._file.schema_arrow if _is_text(arrow, field.type)]
        self._columns: Columns = choose(fields, words, names, str(path))
        self.length: int = self._file.metadata.num_rows
        """Rows of the file."""
        self.position = 0
        """Rows that were read."""

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def size(self) -> int:
        """Return the number of rows."""
        return self.length

    def chunks(self) -> Iterator[Rows]:
        """Yield the rows, some at once, never those of two row groups together."""
        columns = list(self._columns.all)
        for group in range(self._file.num_row_groups):
            offset = self.position
            rows = self._rows(group)
            with _reading(self._path):
                batches = self._file.iter_batches(rows, row_groups=[group], columns=columns)
                for batch in batches:
                    numbers = tuple(range(self.position, self.position + batch.num_rows))
                    values = batch.to_pydict()
                    self.position += batch.num_rows
                    yield Rows(
                        offset, numbers, values, self._columns, str(self._path), self._fields, 1
                    )

    def _rows(self, group: int) -> int:
        """Return how many rows of a group make a chunk."""
        metadata = self._file.metadata.row_group(group)
        rows: int = metadata.num_rows
        size: int = sum(
            metadata.column(index).total_uncompressed_size
            for index in range(metadata.num_columns)
            if metadata.column(index).path_in_schema in self._columns.all
        )
        return max(1, min(rows, CHUNK * rows // max(1, size)))


class ParquetFormat:
    """Apache Parquet."""

    compressible = False
    """Whether such files come compressed."""

    def open(self, path: Path, fields: Fields) -> ParquetDump:
        """Return the dump at `path`; raises PageError when it cannot be read."""
        return ParquetDump(path, fields)

    def finish(self, source: Path, fields: Fields, target: Target) -> Sequence[PageError]:
        """Write the row groups with the changed cells, and put the new file in its place."""
        _, parquet = _pyarrow()
        new = beside(target.path, "new")
        left: list[PageError] = []
        try:
            with _reading(source), parquet.ParquetFile(source) as old:
                writer = parquet.ParquetWriter(new, old.schema_arrow, **_settings(old))
                with writer:
                    for table in _tables(old, target, str(source), left):
                        writer.write_table(table, row_group_size=max(1, table.num_rows))
            put(new, target.path, source)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        return left


def _tables(old: Any, target: Target, name: str, left: list[PageError]) -> Iterator[Any]:
    """Yield the row groups of the target with their changed cells."""
    cells = kept_cells(target.part)
    cell = next(cells, None)
    start = 0
    for group in range(old.num_row_groups):
        end = start + old.metadata.row_group(group).num_rows
        inside: list[Cell] = []
        while cell is not None and cell.row < end:
            inside.append(cell)
            cell = next(cells, None)
        if start >= target.first and (target.end is None or start < target.end):
            yield _changed(old.read_row_group(group), start, inside, name, left)
        start = end


def _changed(
    table: Any, start: int, cells: Sequence[Cell], name: str, left: list[PageError]
) -> Any:
    """Return a row group with its changed cells."""
    arrow, _ = _pyarrow()
    for column in dict.fromkeys(cell.column for cell in cells):
        index = table.schema.get_field_index(column)
        values = table.column(index).to_pylist()
        for cell in cells:
            if cell.column == column:
                now = values[cell.row - start]
                if digest(now or "") == cell.before:
                    values[cell.row - start] = cell.text
                elif now != cell.text:
                    left.append(changed_error(name, cell.row + 1))
        field = table.schema.field(index)
        table = table.set_column(index, field, arrow.array(values, type=field.type))
    return table


def _settings(old: Any) -> Mapping[str, Any]:
    """Return how `old` was written: compression, dictionaries and version."""
    settings: dict[str, Any] = {
        "version": old.metadata.format_version,
        "store_schema": b"ARROW:schema" in (old.metadata.metadata or {}),
    }
    if old.num_row_groups:
        group = old.metadata.row_group(0)
        columns = [group.column(index) for index in range(group.num_columns)]
        settings["compression"] = {
            column.path_in_schema: _CODECS.get(column.compression, column.compression)
            for column in columns
        }
        settings["use_dictionary"] = [
            column.path_in_schema
            for column in columns
            if any("DICTIONARY" in encoding for encoding in column.encodings)
        ]
        settings["write_statistics"] = any(column.is_stats_set for column in columns)
    return settings


_CODECS = {"UNCOMPRESSED": "NONE"}
"""The codecs that are called otherwise where they are asked for."""


def _is_text(arrow: Any, kind: Any) -> bool:
    if arrow.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(arrow.types.is_string(kind) or arrow.types.is_large_string(kind))
