"""What a rule file changes in the rules that it inherits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from wikimend.rules.errata import Errata
from wikimend.rules.model import SAFETIES, Rule, Severity
from wikimend.rules.node import Node
from wikimend.rules.problem import guess


def override(root: Node, inherited: Sequence[Rule], errata: Errata) -> tuple[Rule, ...]:
    """Return the inherited rules as the `overrides` of a file want them; mistakes are noted."""
    section = root.get("overrides", "mapping")
    changed: dict[str, Rule] = {}
    own = {node.word(key) for node in _own(root) for key in ("id", "name")}
    known = {key: rule for rule in inherited for key in (rule.id, rule.name)}
    for key in section.entries if section else ():
        assert section is not None
        about = errata.about(f"override {key}")
        if key in own:
            about.note_key(section, key, "this rule stands in the same file; change it there")
        elif key not in known:
            about.note_key(section, key, f"no inherited rule is called '{key}'{guess(key, known)}")
        elif known[key].id in changed:
            about.note_key(section, key, f"{known[key].id} is overridden twice")
        else:
            rule = known[key]
            changed[rule.id] = _changed(rule, section.entries[key], about)
    return tuple(changed.get(rule.id, rule) for rule in inherited)


def _own(root: Node) -> tuple[Node, ...]:
    section = root.get("rules", "list")
    return section.items if section else ()


def _changed(rule: Rule, node: Node, errata: Errata) -> Rule:
    if node.kind == "boolean":
        return replace(rule, enabled=node.truth)
    if "severity" in node.entries:
        rule = replace(rule, severity=cast(Severity, node.word("severity")))
    rule = replace(rule, enabled=node.flag("enabled", rule.enabled))
    safety = node.get("safety")
    if safety is None or safety.text not in SAFETIES:
        return rule
    if rule.safety is None:
        errata.note(safety, f"{rule.id} repairs nothing, so that it has no safety")
    elif SAFETIES.index(safety.text) < SAFETIES.index(rule.safety):
        errata.note(safety, f"{rule.id} is {rule.safety}; an override can only lower that")
    elif safety.text != rule.safety:
        because = node.word("because") or rule.because or f"so says {errata.document.path}"
        rule = replace(rule, safety=safety.text, because=because)
    return rule
