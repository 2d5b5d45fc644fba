"""Repair of damaged links in wiki pages.

>>> import wikimend
>>> wikimend.mend("[tides[/sea/[tides--TEMP--/sea)--FIX--").text
'[tides](/sea/tides)'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wikimend.api import lint, load_rules, mend

__version__ = "0.1.0"
__all__ = ["lint", "load_rules", "mend"]


def __getattr__(name: str) -> object:
    """Import the interface when it is first used, so that the command line starts quickly."""
    if name in __all__:
        from wikimend import api

        return getattr(api, name)
    raise AttributeError(f"module 'wikimend' has no attribute {name!r}")
