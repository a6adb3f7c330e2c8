"""Of several answers the worst counts, and no place that breaks a promise is left out."""

from genai_defense.checks.answer import Compliant, NonCompliant, NotApplicable, Unknown, worst

_A, _B = NonCompliant("A", "off"), NonCompliant("B", "off")


def test_the_worst_kind_of_answer_counts() -> None:
    assert worst([Compliant("on"), Unknown("A", "a parameter"), _A]) == _A
    assert worst([Compliant("on"), Unknown("A", "a parameter")]) == Unknown("A", "a parameter")
    assert worst([NotApplicable(), Compliant("on")]) == Compliant("on")
    assert worst([]) == NotApplicable()


def test_every_place_that_breaks_the_promise_is_told_once() -> None:
    both = worst([_A, Compliant("on"), _B, _A])
    assert both == NonCompliant("A", "off", (_B,))
    assert isinstance(both, NonCompliant)
    assert both.places() == (_A, _B)


def test_places_of_several_answers_come_together() -> None:
    third = NonCompliant("C", "off")
    assert worst([worst([_A, _B]), third, worst([_B, _A])]) == NonCompliant("A", "off", (_B, third))
