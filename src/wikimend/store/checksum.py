"""The checksums that MediaWiki keeps of a revision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from hashlib import sha1

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36_sha1(data: bytes) -> str:
    """Return the SHA-1 of `data` in base 36, 31 digits, as `SlotRecord::base36Sha1` does.

    >>> base36_sha1(b"")
    'phoiac9h4m842xq45sp7s6u21eteeq1'
    """
    number = int.from_bytes(sha1(data, usedforsecurity=False).digest())
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(31, "0")


def revision_sha1(slots: Mapping[str, str]) -> str:
    """Return the checksum of a revision from those of its slots, by role.

    As `RevisionSlots::computeSha1` folds them: in the order of the roles, that of one slot alone,
    else again and again the checksum of what came before with the next one behind it.
    """
    ordered = [slots[role] for role in sorted(slots)]
    return reduce(lambda before, next_: base36_sha1((before + next_).encode()), ordered)
