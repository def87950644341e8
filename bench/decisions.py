"""Decisions: every combination of answers, beside the least that a computer could do for it."""

from __future__ import annotations

from itertools import product

from advisor.advice.caches import clear_caches
from advisor.advice.placement.decide import decide
from advisor.advice.placement.facts import Facts
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import RULES
from measure import Row, once, rate, seconds

ANSWERS = ("yes", "no", "unsure")


def rows() -> list[Row]:
    """All answers decided for the first time and again, a look-up in a table of them, and a plain loop over the rules."""
    every = [Facts(answers=answers) for answers in product(ANSWERS, repeat=len(QUESTION_KEYS))]
    count = len(every)
    cold = min(_first_time(every) for _ in range(5))
    warm = seconds(lambda: [decide(facts) for facts in every])
    known = {facts: decide(facts) for facts in every}
    floor = seconds(lambda: [known[facts] for facts in every])
    given = [dict(zip(QUESTION_KEYS, facts.answers, strict=True)) for facts in every]
    loop = seconds(lambda: [matching(answers) for answers in given])
    return [
        Row(f"decide {count:,} answers, first time", rate(count, cold), f"{cold / loop:.1f} × the loop", "200,000/s"),
        Row(f"decide {count:,} answers, again", rate(count, warm), f"{warm / floor:.1f} × the look-up", "200,000/s"),
        Row("floor: looked up in a dict", rate(count, floor)),
        Row("floor: a plain loop over the rules", rate(count, loop), "matching rules only, no placement"),
    ]


def _first_time(every: list[Facts]) -> float:
    """Return the time with nothing remembered, tables included."""
    clear_caches()
    return once(lambda: [decide(facts) for facts in every])


_PREDICATES = [
    (rule.key, question, answer) for rule in RULES for question, answer in rule.conditions if question in QUESTION_KEYS
]


def matching(answers: dict[str, str]) -> list[str]:
    """Return the rules that match, found in the plainest way."""
    return [key for key, question, answer in _PREDICATES if answers.get(question) == answer]
