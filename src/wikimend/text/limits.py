"""The seat belt of every regular expression that a rule file brings."""

from __future__ import annotations

TIMEOUT = 5.0
"""Seconds that one match may take before its page is given up: a seat belt, never a result.

Read through the module (`limits.TIMEOUT`), so that one place sets it.
"""
