"""What a rule file changes in the rules that it inherits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from wikimend.rules.errata import Errata
from wikimend.rules.model import SAFETIES, Override, Rule, RuleSet, Safety, Severity
from wikimend.rules.node import Node
from wikimend.rules.notices import NOTICES, Notice
from wikimend.rules.problem import guess


def override(
    root: Node, inherited: RuleSet, errata: Errata
) -> tuple[tuple[Rule, ...], Mapping[str, Override]]:
    """Return the inherited rules, and what is wanted of notices, as the `overrides` of a file say.

    Mistakes are noted.
    """
    section = root.get("overrides", "mapping")
    changed: dict[str, Rule] = {}
    of_notices = dict(inherited.overrides)
    taken: set[str] = set()
    own = {node.word(key) for node in _own(root) for key in ("id", "name")}
    rules = {rule.id for rule in inherited.rules}
    all_known: list[Rule | Notice] = [*inherited.rules, *NOTICES.values()]
    known = {key: rule for rule in all_known for key in (rule.id, rule.name)}
    for key in section.entries if section else ():
        assert section is not None
        about = errata.about(f"override {key}")
        if key in own:
            about.note_key(section, key, "this rule stands in the same file; change it there")
        elif key not in known:
            likely = (word for word, rule in known.items() if rule.id in rules or word == rule.name)
            hint = guess(key, likely) if rules else ""
            about.note_key(section, key, f"no inherited rule is called '{key}'{hint}")
        elif known[key].id in taken:
            about.note_key(section, key, f"{known[key].id} is overridden twice")
        else:
            rule = known[key]
            taken.add(rule.id)
            if isinstance(rule, Notice):
                before = of_notices.get(rule.id, Override())
                of_notices[rule.id] = _of_notice(rule, before, section.entries[key], about)
            else:
                changed[rule.id] = _changed(rule, section.entries[key], about)
    return tuple(changed.get(rule.id, rule) for rule in inherited.rules), of_notices


def _own(root: Node) -> tuple[Node, ...]:
    section = root.get("rules", "list")
    return section.items if section else ()


def _changed(rule: Rule, node: Node, errata: Errata) -> Rule:
    if node.kind == "boolean":
        return replace(rule, enabled=node.truth)
    if "severity" in node.entries:
        rule = replace(rule, severity=cast(Severity, node.word("severity")))
    rule = replace(rule, enabled=node.flag("enabled", rule.enabled))
    safety = _lowered(rule, node, errata)
    if safety is not None:
        because = node.word("because") or rule.because or f"so says {errata.document.path}"
        rule = replace(rule, safety=safety, because=because)
    return rule


def _of_notice(notice: Notice, before: Override, node: Node, errata: Errata) -> Override:
    if node.kind == "boolean":
        return before._replace(enabled=node.truth)
    if "severity" in node.entries:
        before = before._replace(severity=cast(Severity, node.word("severity")))
    if "enabled" in node.entries:
        before = before._replace(enabled=node.flag("enabled"))
    safety = _lowered(notice, node, errata)
    if safety is not None:
        because = node.word("because") or f"so says {errata.document.path}"
        before = before._replace(safety=safety, because=because)
    return before


def _lowered(rule: Rule | Notice, node: Node, errata: Errata) -> Safety | None:
    """Return the lower safety that an override asks for; None where it asks for none."""
    safety = node.get("safety")
    if safety is None or safety.text not in SAFETIES:
        return None
    if rule.safety is None:
        errata.note(safety, f"{rule.id} repairs nothing, so that it has no safety")
    elif SAFETIES.index(safety.text) < SAFETIES.index(rule.safety):
        errata.note(safety, f"{rule.id} is {rule.safety}; an override can only lower that")
    elif safety.text != rule.safety:
        return safety.text
    return None
