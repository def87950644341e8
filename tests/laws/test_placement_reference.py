"""The engine compared with the second implementation of the law: every state, and every completion of every open
question.
"""

import random
from itertools import product

import pytest

from advisor.advice.placement.decide import decide
from advisor.advice.placement.facts import Facts

from .reference import QUESTIONS, Surroundings, completions, every_surroundings, verdict
from .state_space import ANSWERS, DERIVED, UNSURE, Space, facts_of, spaces

BOTH = {"client", "server"}


def never(found: list[str]) -> None:
    """Fail with the first few states that differ."""
    assert not found, f"{len(found)} states differ, for example:\n" + "\n".join(found[:3])


@pytest.mark.parametrize("aspect", ["placement", "main", "ruled_out", "quiet", "relay"])
def test_the_engine_places_every_event_as_the_law_says(aspect: str) -> None:
    """Every aspect agrees with the second reading (law, points 2 to 6)."""
    never([
        f"{space.show(number)}, expected {expected}"
        for space in spaces()
        for number, (decision, expected) in enumerate(zip(space.decisions, space.expected, strict=True))
        if getattr(decision, aspect) != getattr(expected, aspect)
    ])  # fmt: skip


@pytest.mark.parametrize("aspect", ["reasons", "tradeoffs"])
def test_the_engine_gives_the_reasons_that_the_law_says(aspect: str) -> None:
    """Point 7: which rules speak for the placement, which are trade-offs, sorted by strength and by the table.

    Where a client call is ruled out the main side is the server whatever the evidence: no tie is broken there.
    """
    never([
        f"{space.show(number)}, expected {expected}"
        for space in spaces()
        for number, (decision, expected) in enumerate(zip(space.decisions, space.expected, strict=True))
        if getattr(decision, aspect) != getattr(expected, aspect)
    ])  # fmt: skip


def test_other_parts_of_a_plan_change_only_what_the_law_names() -> None:
    """Samples from every mix of wants, work and warehouse, those left out of the exhaustive spaces included."""
    found = []
    dice = random.Random(5)
    for around in every_surroundings():
        space = Space(around)
        for state in dice.sample(space.states, 300):
            expected = verdict(space.answers(state), around)
            decision = decide(facts_of(state, around))
            if (decision.placement, decision.main) != (expected.placement, expected.main):
                found.append(f"{state} in {around}: {decision}, expected {expected}")
    never(found)


def outcomes(space: Space) -> list[frozenset[str]]:
    """For every state, the placements that its completions have.

    The completions of a state are those of its first open question answered no, and answered yes.
    """
    found: list[frozenset[str]] = []
    for number, state in enumerate(space.states):
        if "unsure" not in state:
            found.append(frozenset({space.expected[number].placement}))
            continue
        _, apart = space.place(space.questions[state.index("unsure")])
        found.append(found[number - apart] | found[number - UNSURE * apart])
    return found


def deciding_pairs(space: Space, question: str) -> list[int]:
    """For every state with this question open, how many completions of the rest change with its answer alone."""
    index, apart = space.place(question)
    placements = [expected.placement for expected in space.expected]
    counts = [0] * len(space.states)
    for number, state in enumerate(space.states):
        if state[index] != "unsure":
            continue
        others = [at for at, answer in enumerate(state) if answer == "unsure" and at != index]
        if others:
            _, step = space.place(space.questions[others[0]])
            counts[number] = counts[number - step] + counts[number - UNSURE * step]
        else:
            counts[number] = int(placements[number - apart] != placements[number - UNSURE * apart])
    return counts


def test_settled_means_that_every_completion_has_the_same_placement() -> None:
    """And the strength is that of the strongest reason, at most should while unsettled."""
    found = []
    for space in spaces():
        for number, possible in enumerate(outcomes(space)):
            decision, expected = space.decisions[number], space.expected[number]
            settled = len(possible) == 1
            strength = "should" if not settled and expected.strength == "must" else expected.strength
            if (decision.settled, decision.strength) != (settled, strength):
                found.append(f"{space.show(number)}, expected settled={settled}, {strength}")
    never(found)


def test_unsure_leads_to_a_placement_that_some_completion_has() -> None:
    """Or to both, where completions have client and server."""
    never([
        f"{space.show(number)}, completions have {set(possible)}"
        for space in spaces()
        for number, possible in enumerate(outcomes(space))
        if space.placements[number] not in possible and not (space.placements[number] == "both" and possible >= BOTH)
    ])  # fmt: skip


def test_decisive_questions_are_counted_over_every_completion() -> None:
    """The open questions whose answer alone changes the placement of some completion, most such completions first.

    An unsettled advice always has one, a settled one never.
    """
    found = []
    for space in spaces():
        counts = {question: deciding_pairs(space, question) for question in space.questions}
        for number, decision in enumerate(space.decisions):
            expected = [question for question in space.questions if counts[question][number]]
            expected.sort(key=lambda question: -counts[question][number])
            if decision.decisive != tuple(expected) or decision.settled != (not expected):
                found.append(f"{space.show(number)}, expected {expected}")
    never(found)


def test_flips_are_the_single_answers_that_change_the_placement() -> None:
    """For each question, yes before no, everything else kept: unsure stays unsure."""
    found = []
    for space in spaces():
        placements = [expected.placement for expected in space.expected]
        places = [(question, *space.place(question)) for question in space.questions]
        for number, state in enumerate(space.states):
            here = placements[number]
            expected = []
            for question, index, apart in places:
                zero = number - ANSWERS.index(state[index]) * apart
                for answer in (1, 0):
                    other = placements[zero + answer * apart]
                    if other != here:
                        expected.append((question, ANSWERS[answer], other))
            if list(space.decisions[number].flips) != expected:
                found.append(f"{space.show(number)}, expected {expected}")
    never(found)


def test_completions_cover_every_combination_of_open_answers() -> None:
    """The short cut of `outcomes` against completing the answers one by one, for states with up to five open questions."""
    for space in (spaces()[0], spaces()[-1]):
        possible = outcomes(space)
        for number in random.Random(7).sample(range(len(space.states)), 300):
            state = space.states[number]
            open_questions = tuple(q for q, answer in zip(space.questions, state, strict=True) if answer == "unsure")
            if len(open_questions) <= 5:
                completed = completions(space.answers(state), open_questions)
                assert possible[number] == {verdict(answers, space.around).placement for answers in completed}


def test_a_fact_that_overrules_an_answer_is_neither_open_nor_flipped() -> None:
    """A required property that only the server knows answers ``computed_from_database`` for the person."""
    computed = QUESTIONS.index("computed_from_database")
    for rest in product(ANSWERS, repeat=3):
        answers = ["unsure"] * len(QUESTIONS)
        answers[computed] = "yes"
        for question, answer in zip(("stored_in_database", "browser_only", "sensitive"), rest, strict=True):
            answers[QUESTIONS.index(question)] = answer
        usual = decide(Facts(answers=tuple(answers)))
        overruled = decide(Facts(answers=tuple(answers), overruled=frozenset({"computed_from_database"})))
        assert overruled.placement == usual.placement
        assert overruled.decisive == usual.decisive
        assert overruled.flips == tuple(flip for flip in usual.flips if flip[0] != "computed_from_database")


def test_a_derived_client_only_destination_is_neither_open_nor_flipped() -> None:
    """Once a plan names destinations, they say whether one of them needs the client."""
    around = Surroundings(named=True, client_only=True, client_only_if_sensitive=True, client_delivers=True)
    decision = decide(facts_of(("unsure",) * (len(QUESTIONS) - 1), around))
    assert decision.placement == "client"
    assert DERIVED not in decision.decisive
    assert DERIVED not in {question for question, _, _ in decision.flips}
