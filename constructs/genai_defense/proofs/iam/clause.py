"""One statement of a policy: which calls it is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from genai_defense.checks.policy import Statement
from genai_defense.checks.template_graph import Template
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items
from genai_defense.checks.wildcards import fits
from genai_defense.proofs.iam.conditions import condition
from genai_defense.proofs.iam.formula import NO, OPEN, YES, Span, conjunction, every, none, some, sure
from genai_defense.proofs.iam.pattern import Kind, Predicate, disjoint, resource_predicate, wild
from genai_defense.proofs.iam.request import RESOURCE, Request
from genai_defense.proofs.iam.texts import Texts

_ACCOUNT = re.compile(r"arn:[^:]*:iam::[^:]*:root|\d{12}")


@dataclass(frozen=True, eq=False)
class Clause:
    """A statement with what is needed to read it.

    Attributes:
        where: Logical id and path, for messages.
        statement: The statement.
        template: Where it stands.
        texts: Which character stands for what.
        scope: What its policy stands on; it is about nothing else. Empty where it is about everything.
    """

    where: str
    statement: Statement
    template: Template
    texts: Texts
    scope: tuple[Predicate, ...] = ()
    _covered: dict[str, Span] = field(default_factory=dict[str, Span])

    @property
    def allows(self) -> Span:
        """Whether it is an Allow."""
        return self._has_effect("Allow")

    @property
    def denies(self) -> Span:
        """Whether it is a Deny."""
        return self._has_effect("Deny")

    def covers(self, action: str) -> Span:
        """Whether it is about an action."""
        if action not in self._covered:
            self._covered[action] = self._covers(action)
        return self._covered[action]

    def resources(self) -> list[Predicate]:
        """What it names in `Resource`."""
        return [resource_predicate(text) for text in self._texts_of("Resource")[0]]

    @cached_property
    def variables(self) -> frozenset[str]:
        """The condition keys whose values its texts take from the request."""
        texts = (
            self.texts.pattern(each, self.template, wildcards=True) for each in _strings(self.statement.body)
        )
        return frozenset(key for text in texts if text is not None for key in self.texts.variables(text))

    def is_met(self, request: Request) -> Span:
        """When it is about a call, whoever makes it."""
        covered = self.covers(request.action)
        if covered == NO:
            return NO
        resource = self._is_about(request)
        if resource == NO:
            return NO
        written = dig(self.statement.body, "Condition")
        met = every([covered, resource, condition(written, request, self.texts, self.template)])
        return Span(conjunction([met.must, *(request.present(key) for key in self.variables)]), met.may)

    def is_for(self, arn: str, account: Span) -> Span:
        """Whether its field `Principal` names a role or user; where it has none, it is for all.

        Args:
            arn: ARN of the role or user.
            account: What it means when the field names the whole account.
        """
        body = self.statement.body
        excluded = dig(body, "NotPrincipal")
        if excluded is not None:
            return none(self._names(excluded, arn, OPEN))
        named = dig(body, "Principal")
        return YES if named is None else self._names(named, arn, account)

    def _names(self, named: Value, arn: str, account: Span) -> Span:
        if isinstance(named, dict):
            named = named.get("AWS")
        if isinstance(named, Unresolved):
            return OPEN
        return some(self._is(value, arn, account) for value in items(named))

    def _is(self, value: Value, arn: str, account: Span) -> Span:
        text = self.texts.pattern(value, self.template, wildcards=False)
        if text is None:
            return OPEN
        if text == "*":
            return YES
        if self._is_account(text):
            return account
        here, there = Predicate(Kind.EXACT, arn), Predicate(Kind.EXACT, text)
        return YES if here == there else NO if disjoint(here, there) else OPEN

    def _is_account(self, text: str) -> bool:
        return text == self.texts.account or _ACCOUNT.fullmatch(text) is not None

    def _has_effect(self, effect: str) -> Span:
        written = dig(self.statement.body, "Effect")
        return OPEN if isinstance(written, Opaque) else YES if written == effect else NO

    def _covers(self, action: str) -> Span:
        if isinstance(self.statement.body, Opaque):
            return OPEN
        excluded = dig(self.statement.body, "NotAction")
        if excluded is not None:
            return none(self._names_action(excluded, action))
        return self._names_action(dig(self.statement.body, "Action"), action)

    def _names_action(self, listed: Value, action: str) -> Span:
        if isinstance(listed, Opaque):
            return OPEN
        return some(sure(fits(each, action)) if isinstance(each, str) else OPEN for each in items(listed))

    def _texts_of(self, name: str) -> tuple[list[str], bool]:
        listed = dig(self.statement.body, name)
        if isinstance(listed, Unresolved):
            return [], False
        texts = [self.texts.pattern(each, self.template, wildcards=True) for each in items(listed)]
        return [text for text in texts if text is not None], None not in texts

    def _is_about(self, request: Request) -> Span:
        if isinstance(self.statement.body, Opaque):
            return OPEN
        name = "Resource" if dig(self.statement.body, "NotResource") is None else "NotResource"
        texts, whole = self._texts_of(name)
        if name == "Resource" and not texts and whole:
            return self._in_scope(request)
        matched = some(sure(request.matches(RESOURCE, resource_predicate(text))) for text in texts)
        matched = _with_everything(texts, matched if whole else Span(matched.must, True))
        return every([none(matched) if name == "NotResource" else matched, self._in_scope(request)])

    def _in_scope(self, request: Request) -> Span:
        if not self.scope:
            return YES
        return some(sure(request.matches(RESOURCE, each)) for each in self.scope)


def _with_everything(texts: Iterable[str], matched: Span) -> Span:
    return YES if wild("*") in texts else matched


def _strings(value: Value) -> Iterator[Value]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield value


def granted(clauses: Iterable[Clause], request: Request) -> Span:
    """When one of the statements allows a call."""
    return some(every([each.allows, each.is_met(request)]) for each in clauses)


def denied(clauses: Iterable[Clause], request: Request) -> Span:
    """When one of the statements denies a call."""
    return some(every([each.denies, each.is_met(request)]) for each in clauses)
