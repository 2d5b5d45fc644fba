"""The command line itself: what it is called, and which commands it has."""

from __future__ import annotations

import click

from wikimend import __version__
from wikimend.cli.commands import Program

_EPILOG = """\
Exit codes: 0 all is well, 1 findings are left or --diff shows a change, 2 something could not be
done, 130 interrupted.

Completion of commands and options in bash: eval "$(_WIKIMEND_COMPLETE=bash_source wikimend)";
in zsh and fish likewise, with zsh_source and fish_source.
"""


@click.group(
    cls=Program,
    places={
        "fix": "wikimend.cli.fix",
        "lint": "wikimend.cli.lint",
        "explain-link": "wikimend.cli.explain_link",
        "graph": "wikimend.cli.graph",
        "mv": "wikimend.cli.mv",
        "rules": "wikimend.cli.rules",
        "stats": "wikimend.cli.stats",
        "show": "wikimend.cli.show",
        "undo": "wikimend.cli.undo",
        "apply": "wikimend.cli.apply",
    },
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def wikimend() -> None:
    """Repair damaged links in the pages of a wiki."""
