"""Claims about calls of models: the guardrail, the endpoint, the model, and the ways around."""

from collections.abc import Iterator

from genai_defense.checks.bypasses import WAYS_AROUND
from genai_defense.checks.model_access import GUARDRAIL_KEY, INVOKE_ACTIONS, numbered_guardrail
from genai_defense.checks.values import Opaque, Value, references
from genai_defense.proofs.iam.account import ENDPOINT_KEY, Account, Layer
from genai_defense.proofs.iam.claims import Case, Claim, Goal, always, among
from genai_defense.proofs.iam.formula import NO, OPEN, YES, Span, every, none, some, sure
from genai_defense.proofs.iam.named import clauses_on, every_clause, is_named, tested_values
from genai_defense.proofs.iam.pattern import GIVEN, Kind, Predicate, is_open, resource_predicate, wild
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import RESOURCE, Request

GUARDRAIL = GUARDRAIL_KEY.lower()
_VPC_KEY = "aws:sourcevpc"
# Models that turn text into numbers answer nothing, so no guardrail applies to them.
_EMBEDDING = tuple(
    resource_predicate(wild(f"arn:*:bedrock:*::foundation-model/{name}*"))
    for name in ("amazon.nova-*embed", "amazon.titan-embed-", "cohere.embed-")
)
_NOBODY = "No role or user of these templates may invoke a model."


def invocation_claims(account: Account) -> Iterator[Claim]:
    """What must hold of each call of a model."""
    yield _guardrail(account)
    yield _endpoint(account)
    yield _model(account)
    yield Claim(
        id="iam-no-way-around-the-guardrail",
        sentence="Nobody may have a model answer by an action that passes no condition on InvokeModel.",
        cases=tuple(
            Case(principal=who, action=action.replace("*", "CallAModel"), goal=always(NO))
            for who, action in among(account.principals, WAYS_AROUND)
        ),
        empty="There is no role or user in these templates.",
        exists=f"{len(account.principals)} principals were asked." if account.principals else "",
    )


def is_embedding(request: Request) -> Span:
    """Whether a call is about a model that answers nothing."""
    return some(sure(request.matches(RESOURCE, each)) for each in _EMBEDDING)


def guardrails(account: Account) -> list[tuple[Predicate, Span]]:
    """What statements name as guardrail, and whether it is one that the templates approve."""
    declared = any(True for _ in account.graph.of_type("AWS::Bedrock::GuardrailVersion"))
    return [
        (predicate, _approved(value, declared=declared))
        for value, predicate in tested_values(every_clause(account), GUARDRAIL)
    ]


def _approved(value: Value, *, declared: bool) -> Span:
    numbered = numbered_guardrail(value)
    if isinstance(numbered, Opaque):
        return OPEN
    if not numbered:
        return NO
    ours = any(each.resource.type == "AWS::Bedrock::GuardrailVersion" for each in references(value))
    # Whether a number that somebody wrote is the version of these templates is known only after deployment.
    return YES if ours or not declared else OPEN


def names_guardrail(request: Request, approved: list[tuple[Predicate, Span]]) -> Span:
    """Whether a call names an approved guardrail."""
    return some(every([good, sure(request.matches(GUARDRAIL, each))]) for each, good in approved)


def _guardrail(account: Account) -> Claim:
    approved = guardrails(account)

    def goal(request: Request, without: Layer | None) -> Span:
        enforced = NO if without is Layer.ENFORCED else account.enforced
        return some([enforced, is_embedding(request), names_guardrail(request, approved)])

    return Claim(
        id="iam-every-invocation-names-the-guardrail",
        sentence="Every allowed call of a model that answers names an approved, numbered guardrail version,"
        " or the account enforces one.",
        cases=_invocations(account, goal, (GUARDRAIL,)),
        empty=_NOBODY,
        about=lambda request, _without: none(is_embedding(request)),
    )


def _endpoint(account: Account) -> Claim:
    clauses = list(every_clause(account))
    named: list[tuple[str, Predicate, Span]] = [
        (ENDPOINT_KEY, Predicate(Kind.NO_CASE, one.id.text), YES)
        for one in account.leads_to(INVOKE_ACTIONS[0])
    ]
    for key in (ENDPOINT_KEY, _VPC_KEY):
        for _, each in tested_values(clauses, key):
            given = any(ord(char) >= GIVEN for char in each.text)
            if given or not is_open(each.text):
                named.append((key, each, OPEN if given else YES))

    def goal(request: Request, _without: Layer | None) -> Span:
        return some(every([good, sure(request.matches(key, each))]) for key, each, good in named)

    return Claim(
        id="iam-every-invocation-passes-an-endpoint",
        sentence="Every call of a model that a function in a VPC is allowed comes through an endpoint.",
        cases=tuple(case for case in _invocations(account, goal, (ENDPOINT_KEY,)) if case.principal.in_vpc),
        empty="No function in a VPC may invoke a model.",
    )


def _model(account: Account) -> Claim:
    return Claim(
        id="iam-every-invocation-is-of-an-approved-model",
        sentence="Every allowed call of a model is of one that a policy names by more than an asterisk.",
        cases=tuple(
            Case(principal=who, action=action, goal=_of_a_named_model(account, who))
            for who, action in among(account.principals, INVOKE_ACTIONS)
        ),
        empty=_NOBODY,
    )


def _of_a_named_model(account: Account, principal: Principal) -> Goal:
    clauses = list(clauses_on(account, principal))

    def goal(request: Request, _without: Layer | None) -> Span:
        return is_named(request, clauses)

    return goal


def _invocations(account: Account, goal: Goal, keys: tuple[str, ...]) -> tuple[Case, ...]:
    return tuple(
        Case(principal=who, action=action, goal=goal, keys=keys)
        for who, action in among(account.principals, INVOKE_ACTIONS)
    )
