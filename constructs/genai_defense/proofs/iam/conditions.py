"""What the conditions of a statement demand of a request, operator by operator.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
(read 2026-11-24).
"""

from typing import Final

from genai_defense.checks.template_graph import Template
from genai_defense.checks.values import Opaque, Unresolved, Value, flag, items
from genai_defense.proofs.iam.formula import (
    NO,
    OPEN,
    YES,
    Formula,
    Span,
    every,
    negation,
    none,
    some,
    sure,
)
from genai_defense.proofs.iam.pattern import Kind, Predicate
from genai_defense.proofs.iam.request import Request
from genai_defense.proofs.iam.texts import Texts

# Operator, to how it compares, and whether it is negated.
_OPERATORS: Final = {
    "arnequals": (Kind.ARN, False),
    "arnlike": (Kind.ARN, False),
    "arnnotequals": (Kind.ARN, True),
    "arnnotlike": (Kind.ARN, True),
    "bool": (Kind.NO_CASE, False),
    "stringequals": (Kind.EXACT, False),
    "stringequalsignorecase": (Kind.NO_CASE, False),
    "stringlike": (Kind.LIKE, False),
    "stringnotequals": (Kind.EXACT, True),
    "stringnotequalsignorecase": (Kind.NO_CASE, True),
    "stringnotlike": (Kind.LIKE, True),
}
_FOR_ALL, _FOR_ANY, _IF_EXISTS = "forallvalues:", "foranyvalue:", "ifexists"


def condition(written: Value, request: Request, texts: Texts, template: Template) -> Span:
    """When the whole field `Condition` is met; open where the template or this prover cannot tell."""
    if written is None:
        return YES
    if not isinstance(written, dict):
        return OPEN
    return every(
        _tests(operator.lower(), tests, request, texts, template) for operator, tests in written.items()
    )


def predicates(values: Value, kind: Kind, texts: Texts, template: Template) -> tuple[list[Predicate], bool]:
    """What the values of a test are compared with, and whether that is all of them."""
    found: list[Predicate] = []
    whole = not isinstance(values, Unresolved)
    for value in items(values) if whole else ():
        text = texts.pattern(value, template, wildcards=kind in {Kind.ARN, Kind.LIKE})
        if text is None:
            whole = False
        else:
            found.append(Predicate(kind, text))
    return found, whole


def _tests(operator: str, tests: Value, request: Request, texts: Texts, template: Template) -> Span:
    if not isinstance(tests, dict):
        return OPEN
    kind = _OPERATORS.get(operator.rpartition(":")[2].removesuffix(_IF_EXISTS), (Kind.EXACT, False))[0]
    return every(
        _test(operator, key.lower(), values, predicates(values, kind, texts, template), request)
        for key, values in tests.items()
    )


def _test(
    operator: str, key: str, values: Value, compared: tuple[list[Predicate], bool], request: Request
) -> Span:
    qualifier = next((each for each in (_FOR_ALL, _FOR_ANY) if operator.startswith(each)), "")
    name = operator.removeprefix(qualifier)
    if qualifier:
        request.take_for_several(key)
    optional = name.endswith(_IF_EXISTS)
    name = name.removesuffix(_IF_EXISTS)
    present = request.present(key)
    if name == "null":
        return some(_null(value, present) for value in items(values))
    if name not in _OPERATORS:
        return OPEN
    negated = _OPERATORS[name][1]
    against, whole = compared
    if qualifier == _FOR_ALL and not negated:
        met = some([sure(negation(present)), _only(key, against, request, whole=whole)])
    elif qualifier == _FOR_ANY and negated:
        met = every([sure(present), none(_only(key, against, request, whole=whole))])
    else:
        matched = some(sure(request.matches(key, each)) for each in against)
        matched = every([sure(present), matched if whole else Span(matched.must, True)])
        met = none(matched) if negated else matched
    return some([sure(negation(present)), met]) if optional else met


def _only(key: str, against: list[Predicate], request: Request, *, whole: bool) -> Span:
    if not against:
        return NO if whole else OPEN
    found: Formula = request.only(key, against)
    return sure(found) if whole else Span(found, True)


def _null(value: Value, present: Formula) -> Span:
    missing = flag(value, default=False)
    if isinstance(missing, Opaque):
        return OPEN
    return sure(negation(present) if missing else present)
