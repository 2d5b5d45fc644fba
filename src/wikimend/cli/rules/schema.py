"""`wikimend rules schema`: the form of a rule file, for editors."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> int:
    """Write the JSON Schema of rule files."""
    from wikimend.rules.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
    return 0
