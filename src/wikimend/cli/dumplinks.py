"""The index by which the links of a dump are judged: a pass over the dump before the real one."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from wikimend.cli.dumping import Job
from wikimend.cli.options import Request
from wikimend.errors import PageError, UsageError
from wikimend.rules.loaded import LoadedRules
from wikimend.run.chunk import Orders, Outcome
from wikimend.run.dumpindex import DumpIndex, IndexBuilder
from wikimend.run.linkoptions import link_options
from wikimend.run.recipes import Untouched

NAMELESS = 1000
"""Pages without a path or title from which on no page is expected to have one."""


class _NamelessError(Exception):
    """The pages have neither paths nor titles."""


def index_of(
    job: Job, request: Request, loaded: LoadedRules, open_files: ExitStack
) -> DumpIndex | None:
    """Return the index of a dump, in a file that goes with `open_files`.

    None where no page of the dump has a path or a title, or the dump cannot be read to its end,
    which the pass after this one will tell. Raises UsageError for a root that is a folder of the
    disk.
    """
    if request.root_dir is not None:
        raise UsageError("--root-dir names a folder of files; a dump has its root in `links: root`")
    file = loaded.settings
    builder = IndexBuilder(
        link_options(file.links, base_urls=request.base_url),
        Path(file.place.path).parent if file.place else None,
    )
    read = 0

    def hear(outcome: Outcome) -> None:
        nonlocal read
        read += outcome.summary.pages
        builder.add(outcome.indexed)
        if read > NAMELESS and not len(builder.shelf):
            raise _NamelessError

    try:
        job.index(Orders(Untouched(), index=builder.style), hear)
    except (PageError, _NamelessError):
        return None
    folder = open_files.enter_context(TemporaryDirectory(prefix="wikimend-"))
    return builder.finish(Path(folder, "index"))
