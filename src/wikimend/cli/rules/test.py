"""`wikimend rules test`: the examples of the rules as tests."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("test")
@click.argument(
    "file", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE]"
)
def command(file: Path | None) -> int:
    """Try the examples of the rules in FILE.

    Each example and counterexample is tried in many surroundings, such as lists and tables.
    Without FILE these are the rules of the configuration; without one, those that are shipped.
    Exits with 1 when one of them does not hold.
    """
    from wikimend.cli.configuration import configuration
    from wikimend.repair.examples import check, count

    loaded = configuration(file)
    failures = 0
    for failure in check(loaded):
        failures += 1
        click.echo(str(failure))
    tried = count(loaded)
    outcome = f"{failures} failed" if failures else "all hold"
    counts = (
        (tried.examples, "example"),
        (tried.counterexamples, "counterexample"),
        (tried.checks, "check"),
    )
    said = ", ".join(f"{count} {noun}{'s' * (count != 1)}" for count, noun in counts)
    click.echo(f"{said}: {outcome}.")
    return int(failures > 0)
