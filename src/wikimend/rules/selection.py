"""Which rules speak: ids, names, families and `ALL`, as on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wikimend.errors import UsageError
from wikimend.rules.problem import guess


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules whose findings are reported and repaired."""

    select: tuple[str, ...] | None = None
    """Ids (`WM101`), families (`WM1`), names or `ALL`; None for the rules that are on."""
    ignore: tuple[str, ...] = ()
    """The same, taken away again."""

    def holds(self, rule_id: str, name: str, enabled: bool) -> bool:
        """Return whether a rule with this id and name is selected."""
        chosen = enabled if self.select is None else _any(self.select, rule_id, name)
        return chosen and not _any(self.ignore, rule_id, name)

    def check(self, rules: Iterable[tuple[str, str]]) -> None:
        """Raise UsageError for a selector that no rule (id, name) answers to."""
        known = list(rules)
        for selector in (*(self.select or ()), *self.ignore):
            if not any(names(selector, rule_id, name) for rule_id, name in known):
                words = [word for rule in known for word in rule]
                raise UsageError(f"no rule is called '{selector}'{guess(selector, words)}")


def names(selector: str, rule_id: str, name: str) -> bool:
    """Return whether `selector` is the id, the name or a family of a rule, or `ALL`.

    >>> names("WM1", "WM101", "nested-placeholder-link")
    True
    """
    if selector in ("ALL", name):
        return True
    return rule_id.startswith(selector) and selector[-1:].isdigit()


def _any(selectors: Iterable[str], rule_id: str, name: str) -> bool:
    return any(names(selector, rule_id, name) for selector in selectors)
