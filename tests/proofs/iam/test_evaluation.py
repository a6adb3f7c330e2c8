"""The prover's evaluation agrees with a second one that tries every small request."""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.formula import Span, every, none, sure
from genai_defense.proofs.iam.pattern import Kind, Predicate, resource_predicate
from genai_defense.proofs.iam.request import RESOURCE, Request
from genai_defense.proofs.iam.solver import Found, solve
from tests.checks.any_template import cases
from tests.proofs.iam.contexts import RESOURCES, Context, contexts, decides

ACTION = "bedrock:InvokeModel"
CASES = cases(60)

_PATTERNS = st.lists(st.sampled_from(["a", "b", "ab", "a*", "?b", "*"]), min_size=1, max_size=2, unique=True)
_PLAIN = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"]
_ONE = st.sampled_from([*_PLAIN, *(f"{name}IfExists" for name in _PLAIN)])
_MANY = st.sampled_from([f"{which}:{name}" for which in ("ForAllValues", "ForAnyValue") for name in _PLAIN])
_NULL = st.sampled_from([["true"], ["false"]])
_TESTS = st.one_of(
    st.tuples(_ONE, st.just("x:one"), _PATTERNS),
    st.tuples(_MANY, st.just("x:several"), _PATTERNS),
    st.tuples(st.just("Null"), st.sampled_from(["x:one", "x:several"]), _NULL),
)
_RESOURCES = st.lists(
    st.sampled_from(["*", *RESOURCES, "arn:aws:bedrock:r:1:thing/?b", "arn:*:bedrock:*:*:thing/a*"]),
    min_size=1,
    max_size=2,
)
_ACTIONS = st.sampled_from([["bedrock:InvokeModel"], ["bedrock:*"], ["BEDROCK:invoke*"], ["bedrock:Other"]])


@st.composite
def _statement(draw: st.DrawFn) -> dict[str, Any]:
    condition: dict[str, Any] = {}
    for operator, key, values in draw(st.lists(_TESTS, max_size=2)):
        condition.setdefault(operator, {})[key] = values
    return {
        "Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"])),
        draw(st.sampled_from(["Action", "Action", "NotAction"])): draw(_ACTIONS),
        draw(st.sampled_from(["Resource", "Resource", "NotResource"])): draw(_RESOURCES),
        "Condition": condition,
    }


_DOCUMENTS = st.fixed_dictionaries({"Statement": st.lists(_statement(), min_size=1, max_size=3)})


def account_of(document: dict[str, Any], **properties: Any) -> Account:
    role = {"Policies": [{"PolicyName": "p", "PolicyDocument": document}], **properties}
    body = {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": role}}}
    return Account(TemplateGraph([Template("t", body)]))


def _solved(document: dict[str, Any], context: Context | None = None) -> bool:
    account = account_of(document)
    (principal,) = account.principals
    request = account.request(principal, ACTION)
    allowed = account.allowed(principal, request)
    if context is not None:
        allowed = every([allowed, *_is(context, request)])
    surely, possibly = (isinstance(solve(each, request), Found) for each in allowed)
    assert surely == possibly
    return possibly


def _is(context: Context, request: Request) -> Iterator[Span]:
    request.take_for_several("x:several")
    yield sure(request.matches(RESOURCE, resource_predicate(context.resource)))
    for key, held in (("x:one", context.one), ("x:several", context.several)):
        if held is None:
            yield none(sure(request.present(key)))
            continue
        values = [Predicate(Kind.EXACT, value) for value in ((held,) if isinstance(held, str) else held)]
        yield every([sure(request.present(key)), sure(request.only(key, values))])
        yield from (sure(request.matches(key, value)) for value in values)


# Every text is like an asterisk, so that no value of the key is unlike all of them.
_NO_VALUE_IS_LEFT: dict[str, Any] = {
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["bedrock:InvokeModel"],
            "Resource": ["*"],
            "Condition": {"ForAnyValue:StringNotLike": {"x:several": ["a", "*"]}},
        }
    ]
}


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=_DOCUMENTS)
@example(document=_NO_VALUE_IS_LEFT)
def test_a_call_is_found_exactly_when_some_request_is_allowed(document: dict[str, Any]) -> None:
    assert _solved(document) == any(decides(document, each, ACTION) for each in contexts())


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=_DOCUMENTS, context=st.sampled_from(list(contexts())))
def test_a_concrete_request_is_decided_alike(document: dict[str, Any], context: Context) -> None:
    assert _solved(document, context) == decides(document, context, ACTION)
