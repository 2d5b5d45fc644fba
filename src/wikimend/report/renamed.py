"""The patch of a file that is renamed."""

from __future__ import annotations

from wikimend.repair.finding import Mended
from wikimend.report.diff import patch
from wikimend.report.gitname import quoted


def rename_patch(mended: Mended, new: str) -> bytes:
    """Return the patch that renames a page to `new` and makes the mended page of it.

    It is what `git apply` takes (git-diff(1), extended headers).
    """
    old = mended.page.name
    head = (
        f"diff --git {quoted(f'a/{old}')} {quoted(f'b/{new}')}\n"
        f"rename from {quoted(old)}\nrename to {quoted(new)}\n"
    )
    body = patch(mended)
    if body:
        before, _, hunks = body.partition("@@")
        tab = "\t" if before.endswith("\t\n") else ""
        head += f"--- {quoted(f'a/{old}')}{tab}\n+++ {quoted(f'b/{new}')}{tab}\n@@{hunks}"
    return head.encode("utf-8", "surrogateescape")
