"""What a card says of each shipped rule, and of the findings that are part of the program."""

from __future__ import annotations

import pytest

from wikimend.api import load_rules
from wikimend.report.rulecard import FAMILIES, RuleCard, rule_cards
from wikimend.rules.notices import NOTICES

RULES = load_rules()
CARDS = list(rule_cards(RULES))

each_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)


def test_there_is_a_card_for_everything_that_can_be_found() -> None:
    known = [*(rule.id for rule in RULES.rules), *NOTICES]
    assert [card.id for card in CARDS] == known
    assert len(set(known)) == len(known)


@each_card
def test_it_belongs_to_a_family(card: RuleCard) -> None:
    assert card.id[:3] in FAMILIES


@each_card
def test_it_says_all_that_the_rule_says(card: RuleCard) -> None:
    if card.id in NOTICES:
        assert (card.about, card.samples, card.lookalikes) == (NOTICES[card.id].about, (), ())
        return
    rule = RULES[card.id]
    assert [sample.bad for sample in card.samples] == [e.bad for e in rule.examples]
    assert [sample.good for sample in card.samples] == [e.good for e in rule.examples]
    assert [len(sample.readings) for sample in card.samples] == [len(rule.readings)] * len(
        rule.examples
    )
    assert list(card.lookalikes) == [e.bad for e in rule.counterexamples]
    assert (card.drops, card.enabled) == (rule.drop, rule.enabled)
    assert card.because == " ".join((rule.because or "").split())


@each_card
def test_its_message_is_the_one_that_people_see(card: RuleCard) -> None:
    said = [sample.message for sample in card.samples if not sample.todo]
    assert all(said)
    assert not [message for message in said if "{" in message and "{" not in card.samples[0].bad]


@each_card
def test_it_tells_how_to_switch_the_rule(card: RuleCard) -> None:
    assert all(card.id in switch.text for switch in card.switches)
    reaches = [switch.reach for switch in card.switches]
    assert reaches[:2] == ["for a wiki", "for a run"]
    assert ("for a line" in reaches) == card.enabled
