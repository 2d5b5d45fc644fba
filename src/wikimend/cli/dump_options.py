"""The options about dumps, and all that they ask for as one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from wikimend.errors import UsageError

if TYPE_CHECKING:
    from wikimend.store.dump import Fields

FORMATS = ("jsonl", "mediawiki-xml", "parquet", "sqlite")
DIALECTS = ("markdown", "mdx", "mediawiki")

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FIELDS = {
    "text_field": "text",
    "id_field": "id",
    "title_field": "title",
    "path_field": "path",
    "table": "table",
    "dialect": "dialect",
    "all_revisions": "all_revisions",
}
"""The options that say where texts are, with the field of `Fields` that each becomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpRequest:
    """What the command line asks for about a dump."""

    format: str | None = None
    """The format; None to go by the name."""
    where: dict[str, Any] = field(default_factory=dict)
    """Where the texts are; see `Fields`."""
    output: Path | None = None
    """The new dump; None for the old one's place."""
    in_place: bool = False
    """Whether a database may be changed where it is."""
    report: Path | None = None
    """The record of the changes."""
    sample: int | None = None
    """How many changes to show."""
    seed: int = 0
    """Which ones."""
    jobs: int | None = None
    """How many processes work; None for as many as there are processors."""
    shard: str | None = None
    """The part to do."""

    def __post_init__(self) -> None:
        """Raise UsageError for options that do not go together."""
        if self.output is not None and self.in_place:
            raise UsageError("--output and --in-place are two places; choose one")
        if self.shard is not None and self.output is None:
            raise UsageError("--shard makes a part of the new dump: name it with --output")

    @property
    def fields(self) -> Fields:
        """Where the texts are."""
        from wikimend.store.dump import Fields

        return Fields(**self.where)

    @property
    def about_dumps(self) -> bool:
        """Whether anything was asked that pages in files of their own do not have."""
        return replace(self, report=None, sample=None, seed=0, jobs=None) != DumpRequest()


def take(asked: dict[str, Any]) -> DumpRequest:
    """Take the options about dumps out of all that was asked."""
    where = {name: asked.pop(option) for option, name in _FIELDS.items() if option in asked}
    where = {name: value for name, value in where.items() if value}
    names = ("output", "in_place", "report", "sample", "seed", "jobs", "shard")
    rest = {name: asked.pop(name) for name in names if name in asked}
    return DumpRequest(format=asked.pop("dump_format", None), where=where, **rest)


def dump_format(paths: tuple[str, ...], request: DumpRequest) -> str | None:
    """Return the format of the dump that `paths` are; None when they are pages and folders.

    Raises UsageError when a dump does not stand alone, or an option is about none.
    """
    from wikimend.store.formats import format_of

    formats = {path: request.format or format_of(path) for path in paths if not Path(path).is_dir()}
    dumps = [path for path, name in formats.items() if name and path != "-"]
    if dumps and len(paths) > 1:
        raise UsageError(f"{dumps[0]} is a dump and stands alone")
    if not dumps and request.about_dumps:
        raise UsageError("an option is about dumps, and none is named")
    return formats[dumps[0]] if dumps else None


def file(*names: str, help: str, metavar: str = "FILE") -> Callable[[_Command], _Command]:  # noqa: A002
    """Return an option that takes the name of a file."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(*names, type=kind, metavar=metavar, help=help)


def _field(name: str, what: str, **more: Any) -> Callable[[_Command], _Command]:
    return click.option(f"--{name}-field", metavar="NAME", help=f"The field with {what}.", **more)


_READING = (
    click.option(
        "--format",
        "dump_format",
        type=click.Choice(FORMATS),
        help="What the dump is, where its name does not tell.",
    ),
    _field("text", "a text; may be given more than once", multiple=True),
    _field("id", "what tells pages apart"),
    _field("title", "the title of a page"),
    _field("path", "the path of a page, whose suffix tells the markup language"),
    click.option("--table", metavar="NAME", help="The table of a database that holds the pages."),
    click.option(
        "--dialect", type=click.Choice(DIALECTS), help="The markup language of all pages."
    ),
    click.option(
        "--all-revisions", is_flag=True, help="Take all revisions of a page, not the last alone."
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 1024),
        metavar="N",
        help="How many processes work.  [default: one for each processor, one"
        " where little is to do]",
    ),
)
_WRITING = (
    file("-o", "--output", metavar="OUT", help="Write the new dump to OUT, not to its own place."),
    click.option("--in-place", is_flag=True, help="Change a database where it is, not a copy."),
    file("--report", help="Record every change in FILE, a JSON object a line."),
    click.option(
        "--shard",
        metavar="I/N",
        help="Do part I of N; the outputs of all parts, one behind another, are the new dump.",
    ),
)
sample_options = (
    click.option(
        "--sample",
        type=click.IntRange(1),
        metavar="N",
        help="Show N random changes.",
    ),
    click.option("--seed", type=int, default=0, metavar="SEED", help="Which ones.  [default: 0]"),
)


def reading_options(command: _Command) -> _Command:
    """Give `command` the options about reading a dump."""
    return _give(command, _READING)


def writing_options(command: _Command) -> _Command:
    """Give `command` the options about writing a dump."""
    return _give(command, _WRITING)


def sampling_options(command: _Command) -> _Command:
    """Give `command` the options about a sample of changes."""
    return _give(command, sample_options)


def _give(command: _Command, options: tuple[Callable[[_Command], _Command], ...]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command
