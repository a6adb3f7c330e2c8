"""A call of one action by one principal, of which everything else is left open."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from genai_defense.proofs.iam.formula import Formula, Variable, disjunction, negation
from genai_defense.proofs.iam.pattern import STAR, Kind, Predicate, contained, disjoint

RESOURCE = "resource"
"""The key under which the ARN on which the action is asked for is looked at."""

# Keys with several values at once; what a policy compares with ForAllValues or ForAnyValue is taken for one.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
# (read 2026-11-24).
_SEVERAL = frozenset(
    {
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:sourceorgpaths",
        "aws:tagkeys",
        "dynamodb:attributes",
        "dynamodb:leadingkeys",
        "kms:encryptioncontextkeys",
    }
)
_ALWAYS = frozenset({RESOURCE, "aws:principalarn", "aws:principalaccount", "aws:requestedregion"})
# DynamoDB says the partition keys of these; of a scan there are none to say.
# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
# (read 2026-11-24).
ITEM_ACTIONS = frozenset(
    f"dynamodb:{name}"
    for name in (
        "BatchGetItem",
        "BatchWriteItem",
        "ConditionCheckItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "UpdateItem",
    )
)


class Request:
    """One call.

    Args:
        action: What is asked for.
        known: Keys of which the templates tell the value, to it.
    """

    def __init__(self, action: str, known: Mapping[str, str]) -> None:
        self.action = action
        self._known = known
        self._several: set[str] = set()

    def present(self, key: str) -> Formula:
        """Whether the request has a key."""
        if key in _ALWAYS or key in self._known:
            return True
        if key == "dynamodb:leadingkeys" and self.action in ITEM_ACTIONS:
            return True
        return Variable("present", key)

    def matches(self, key: str, predicate: Predicate) -> Formula:
        """Whether a value of a key matches."""
        if key in self._known:
            value = Predicate(Kind.EXACT, self._known[key])
            if contained(value, predicate):
                return True
            if disjoint(value, predicate):
                return False
        return Variable("matches", key, frozenset({predicate}))

    def only(self, key: str, predicates: Iterable[Predicate]) -> Formula:
        """Whether each value of a key, if there is any, matches one of the predicates."""
        about = frozenset(predicates)
        if any(contained(Predicate(Kind.LIKE, STAR), each) for each in about):
            return True
        return Variable("only", key, about)

    def take_for_several(self, key: str) -> None:
        """Note that a key may have several values at once."""
        self._several.add(key)

    def facts(self, asked: Iterable[Variable]) -> Iterator[Formula]:
        """What is true of every request, as far as the questions are about it."""
        keys: dict[str, dict[Variable, None]] = {}
        for question in asked:
            keys.setdefault(question.key, {})[question] = None
        for key, questions in keys.items():
            sets = [one for one in questions if one.kind == "only"]
            # Who asks whether there are only such values asks about each of them.
            single = [self.matches(key, each) for every in sets for each in sorted(every.about, key=str)]
            for found in single:
                if isinstance(found, Variable):
                    questions[found] = None
            values = [one for one in questions if one.kind == "matches"]
            yield from self._facts_of_values(key, values)
            for every in sets:
                yield from self._facts_of_set(every, values)
            for every, other in permutations(sets, 2):
                if all(any(contained(a, b) for b in other.about) for a in every.about):
                    yield disjunction([negation(every), other])

    def _facts_of_values(self, key: str, values: list[Variable]) -> Iterator[Formula]:
        several = key in _SEVERAL or key in self._several
        for one in values:
            yield disjunction([negation(one), self.present(key)])
        for one, other in permutations(values, 2):
            ((mine,), (theirs,)) = one.about, other.about
            if contained(mine, theirs):
                yield disjunction([negation(one), other])
            elif not several and disjoint(mine, theirs):
                yield disjunction([negation(one), negation(other)])

    def _facts_of_set(self, every: Variable, values: list[Variable]) -> Iterator[Formula]:
        among = [self.matches(every.key, each) for each in every.about]
        yield disjunction([negation(self.present(every.key)), negation(every), *among])
        for one in values:
            if all(disjoint(mine, each) for mine in one.about for each in every.about):
                yield disjunction([negation(every), negation(one)])
