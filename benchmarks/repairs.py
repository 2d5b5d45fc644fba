"""How many damaged lines wikimend and other tools repair, and how many sound ones they change.

Run `python benchmarks/repairs.py FILE...`. A file has one JSON object a line, of one of three kinds
that is told by its keys:

- pairs: a line `before` and `after` somebody repaired it, with its `id`, `class`, `families` and
  `path`, and whether the repair is `derivable` from the line or `mixed` with another edit;
- lines that must not change: `category`, `path` and `line`;
- families of damage: `id`, `dialect`, `safety`, `examples` (`damaged` and `repaired`, which is null
  where the damage can only be reported) and `lookalikes`, which must not change.

Each line is given to each tool as a page of its own. Printed is a Markdown table a file. A sound
line is one that must not change: that of the second kind, a repaired one, a look-alike.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.repairs_cases import Case, Choice, read
from benchmarks.repairs_score import judge
from benchmarks.repairs_tables import Result, listing, table
from benchmarks.repairs_tools import EVERYTHING, NAMES, OWN, Fix, fixes

import wikimend
from wikimend.errors import WikimendError


def results(cases: Sequence[Case], fix: Fix, *, ignore_invisible: bool = False) -> list[Result]:
    """Return what a tool makes of each case."""
    got = fix([case.page for case in cases])
    return [
        Result(
            case,
            text,
            judge(case.page.text, case.wanted, text, ignore_invisible=ignore_invisible),
        )
        for case, text in zip(cases, got, strict=True)
    ]


def with_findings(result: Result, select: Sequence[str] | None) -> Result:
    """Return the result with what wikimend reports of it, where the case is a sound one."""
    if not result.case.is_sound:
        return result
    page = result.case.page
    found = wikimend.lint(page.text, page.dialect, select=select).findings
    return replace(result, findings=found)


def _names(_context: click.Context, _parameter: click.Parameter, value: str | None) -> list[str]:
    return [name.strip() for name in value.split(",")] if value else []


@click.command(help=(__doc__ or "").split("\n\n")[0])
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--class", "classes", callback=_names, help="Only pairs of these: markup,dest,edge.")
@click.option("--all-lines", is_flag=True, help="Mixed and underivable pairs too.")
@click.option("--everything", is_flag=True, help="wikimend with all rules and unsafe fixes.")
@click.option("--ignore-invisible", is_flag=True, help="Skip zero-width characters beside an edit.")
@click.option("--tools", callback=_names, help=f"Only these: {','.join(NAMES)}.")
@click.option("--misses", is_flag=True, help="List what the first tool did not do as wanted.")
def main(
    files: Sequence[Path],
    classes: list[str],
    all_lines: bool,
    everything: bool,
    ignore_invisible: bool,
    tools: list[str],
    misses: bool,
) -> None:
    """Print a table a file."""
    if unknown := {*tools} - {*NAMES}:
        raise click.UsageError(f"unknown tool: {', '.join(sorted(unknown))}")
    names = [EVERYTHING if everything and name == OWN else name for name in tools or NAMES]
    installed = fixes(dict.fromkeys(names))
    try:
        for file in files:
            cases = read(file, Choice(classes, all_lines))
            found = {
                name: results(cases, fix, ignore_invisible=ignore_invisible)
                for name, fix in installed.items()
            }
            first = next(iter(found), None)
            if first is None or not cases:
                raise ValueError(f"{file}: nothing is left to measure")
            if first in (OWN, EVERYTHING):
                select = ["ALL"] if first == EVERYTHING else None
                found[first] = [with_findings(result, select) for result in found[first]]
            click.echo(f"## {file.name}\n\n{table(found)}\n")
            if misses:
                click.echo(f"{first}:\n\n{listing(found[first])}\n")
    except (ValueError, WikimendError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
