"""How much is spent on one leaf at the most.

Nobody's paragraph has thousands of damaged links: such a text is no prose, and minutes are not to
be spent on it. A leaf over a limit stays as it was, and one finding says so. Limits are read
through the module (`limits.TIMEOUT`), so that one place sets them.
"""

from __future__ import annotations

TIMEOUT = 5.0
"""Seconds that one match may take before its page is given up: a seat belt, never a result."""

MATCHES = 1 << 15
"""How many matches of a rule are looked at, and how many of all rules may claim their stretch.

Each takes some 25 microseconds. A wreck has four or so, one of each rule that would claim it.
"""

FINDINGS = 1 << 13
"""How many findings are made; each takes up to 250 microseconds."""

BRACKETS = 1 << 16
"""How many brackets may lack a partner: eight for each finding, and a wreck leaves six.

With more of them nothing is looked at, since each look takes a tenth of a second.
"""


class Crowded(Exception):  # noqa: N818 - a state of a leaf, caught where leaves are mended
    """More is found in a leaf than is looked at."""
