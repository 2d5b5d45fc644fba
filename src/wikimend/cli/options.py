"""The options that `fix` and `lint` share, and all that they ask for as one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from wikimend.errors import UsageError

if TYPE_CHECKING:
    from wikimend.report.summary import FailOn

LEVELS = ("error", "warning", "info", "never")
FORMATS = ("concise", "full", "json", "jsonl")
MACHINE_FORMATS = ("json", "jsonl")
STDIN = "-"

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for; None where it leaves that to the configuration."""

    paths: tuple[str, ...]
    """Files and folders, or `-` alone."""
    select: tuple[str, ...] | None
    """Ids, names or families of the rules to run."""
    ignore: tuple[str, ...] | None
    """Ids, names or families of the rules not to run."""
    exclude: tuple[str, ...] | None
    """Patterns of pages to leave out."""
    fail_on: FailOn | None
    """The lowest severity that fails the run."""
    config: Path | None
    """The configuration; None to look for one."""
    output_format: str
    """How findings are written, a name that `report.formats.open_report` takes."""
    output_file: Path | None
    """Where they are written."""
    quiet: bool
    """Whether people want the summary alone."""
    statistics: bool
    """Whether the findings are counted by rule instead of listed."""
    exit_zero: bool
    """Whether findings and diffs leave the exit code 0."""
    stdin_filename: str | None
    """What the page on standard input is called."""
    root_dir: Path | None = None
    """The folder that `/path` counts from."""
    base_url: tuple[str, ...] = ()
    """Addresses of the wiki itself."""
    no_cache: bool = False
    """Whether the index of the wiki is made anew."""
    staged: bool = False
    """Whether what is staged in git is judged."""
    mends: bool = False
    """Whether this is `fix`."""
    diff: bool = False
    """Whether no page is written."""
    patch: Path | None = None
    """The file for the diff."""
    unsafe_fixes: bool | None = None
    """Whether unsafe repairs are made."""
    exit_non_zero_on_fix: bool = False
    """Whether a repair fails the run."""
    interactive: bool = False
    """Whether a person is asked about each repair."""
    sampled: bool = False
    """Whether some changes are shown, and none is made."""
    dump: bool = False
    """Whether the pages are those of a dump, of which nothing is listed unless it is asked for."""

    def __post_init__(self) -> None:
        """Raise UsageError for options that do not go together."""
        if self.stdin_filename is not None and not self.from_stdin:
            raise UsageError("--stdin-filename goes with -, which is standard input")
        alone = (
            ("--diff", self.diff),
            ("--sample", self.sampled),
            ("- (standard input)", self.from_stdin),
            ("--exit-zero", self.exit_zero),
        )
        for name, given in alone:
            if self.interactive and given:
                raise UsageError(f"--interactive does not go with {name}")

    @property
    def previews(self) -> bool:
        """Whether what would change is shown, and nothing is written."""
        return self.diff or self.sampled

    @property
    def from_stdin(self) -> bool:
        """Whether the page comes from standard input."""
        return self.paths == (STDIN,)

    @property
    def for_machines(self) -> bool:
        """Whether a program reads the findings."""
        return self.output_format in MACHINE_FORMATS

    @property
    def shows_text(self) -> bool:
        """Whether the mended text has standard output."""
        return self.mends and self.from_stdin and not self.diff

    @property
    def shows_diff(self) -> bool:
        """Whether the diff has standard output."""
        free = self.mends and self.patch is None and not (self.shows_text or self.interactive)
        by_default = not (self.for_machines or self.dump or self.sampled)
        return free and not self.quiet and (self.diff or by_default)

    @property
    def lists_findings(self) -> bool:
        """Whether the findings are listed somewhere."""
        asked = self.for_machines or self.output_file is not None
        by_default = not (self.dump and self.mends) and not (self.interactive or self.sampled)
        return asked or (by_default and not (self.quiet or self.statistics))


def _paths(
    context: click.Context, parameter: click.Parameter, given: Sequence[str]
) -> tuple[str, ...]:
    if STDIN in given and len(given) > 1:
        raise click.BadParameter("- is standard input and stands alone.")
    if "" in given:  # an empty variable in a script must not mean the current folder
        raise click.BadParameter("a path is empty.")
    return tuple(given) or (".",)


def _words(
    context: click.Context, parameter: click.Parameter, given: Sequence[str]
) -> tuple[str, ...] | None:
    words = (word.strip() for item in given for word in item.split(","))
    return tuple(filter(None, words)) or None


def _list(
    context: click.Context, parameter: click.Parameter, given: Sequence[str]
) -> tuple[str, ...] | None:
    return tuple(given) or None


def file_option(*names: str, help: str) -> Callable[[_Command], _Command]:  # noqa: A002
    """Return an option that takes the name of a file."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(*names, type=kind, metavar="FILE", help=help)


report_argument = click.argument(
    "record", metavar="REPORT", type=click.Path(dir_okay=False, path_type=Path)
)
store_argument = click.argument("store", metavar="DUMP", type=click.Path())

config_option = file_option(
    "--config",
    help="Configuration or rule file, in place of the .wikimend.yaml or wikimend.yaml of the"
    " current folder or of the nearest one above it.",
)

_SHARED = (
    click.argument("paths", nargs=-1, type=click.Path(), callback=_paths),
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        callback=_words,
        help="Run these rules alone: ids, names, families such as WM1, or ALL; with commas between"
        " them, or the option again.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULES",
        callback=_words,
        help="Do without these rules.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        callback=_list,
        help="Leave out files and folders, also those named in PATHS (.gitignore syntax).",
    ),
    config_option,
    click.option(
        "--fail-on",
        type=click.Choice(LEVELS),
        help="Exit with 1 when findings of this severity or a worse one are left."
        "  [default: error]",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even so; errors still give 2."),
    click.option(
        "--output-format",
        type=click.Choice(FORMATS),
        default="concise",
        show_default=True,
        help="How findings are written.",
    ),
    file_option("--output-file", help="Write the findings to FILE."),
    click.option(
        "--statistics", is_flag=True, help="Count the findings by rule instead of listing them."
    ),
    click.option("-q", "--quiet", is_flag=True, help="Write the summary alone."),
    click.option(
        "--root-dir",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        metavar="FOLDER",
        help="Folder that links such as /path count from.  [default: a guess, if most of them lead"
        " somewhere from it]",
    ),
    click.option(
        "--base-url",
        multiple=True,
        metavar="URL",
        help="Address of the wiki itself, whose links are internal.",
    ),
    click.option("--no-cache", is_flag=True, help="Make the index of the wiki anew."),
    click.option(
        "--stdin-filename",
        metavar="NAME",
        help="What the page on standard input is called; its suffix tells the markup language.",
    ),
)


def shared_options(command: _Command) -> _Command:
    """Give `command` the options that `fix` and `lint` share."""
    for option in reversed(_SHARED):
        command = option(command)
    return command
