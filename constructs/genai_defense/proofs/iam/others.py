"""Claims about everybody else in the account, whom nothing of the templates binds but the organization."""

from collections.abc import Iterator
from typing import Final

from genai_defense.checks.model_access import INVOKE_ACTIONS, numbered_guardrail
from genai_defense.checks.policy import Statement
from genai_defense.checks.values import Value, dig
from genai_defense.proofs.iam.account import Account, Layer
from genai_defense.proofs.iam.claims import Case, Claim, Goal
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.controls import CONTROLS
from genai_defense.proofs.iam.formula import NO, Span, some, sure
from genai_defense.proofs.iam.invocation import GUARDRAIL, is_embedding
from genai_defense.proofs.iam.named import tested_values
from genai_defense.proofs.iam.pattern import Kind, Predicate
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import Request

_CALLER: Final = "aws:principalarn"
_BOUND: Final = ("guardrail", "invocation-log", "trail", "key")
_EVERYTHING = Statement(path="", body={"Effect": "Allow", "Action": "*", "Resource": "*"})


def other_claims(account: Account) -> Iterator[Claim]:
    """What service control policies make of everybody; nothing where the templates have none."""
    if not account.service_control:
        return
    first = account.service_control[0]
    everybody = Principal(
        name="any other principal of the account",
        resource=account.graph.all()[0],
        arn=None,
        identity=(Clause("", _EVERYTHING, first.template, account.texts),),
    )
    yield _guardrail(account, everybody)
    for control in _BOUND:
        yield Claim(
            id=f"iam-others-do-not-weaken-the-{control}",
            sentence=f"Nobody in the account may weaken the {control.replace('-', ' ')}, but whom the"
            " organization exempts.",
            cases=tuple(
                Case(principal=everybody, action=action, goal=_exempt(account, action), keys=(_CALLER,))
                for action in CONTROLS[control]
            ),
            empty="",
            exists=_exists(account, CONTROLS[control]),
        )


def _guardrail(account: Account, everybody: Principal) -> Claim:
    numbered = [
        predicate
        for value, predicate in tested_values(account.service_control, GUARDRAIL)
        if numbered_guardrail(value) is True
    ]

    def goal(request: Request, without: Layer | None) -> Span:
        enforced = NO if without is Layer.ENFORCED else account.enforced
        exempt = _exempt(account, request.action)(request, without)
        named = some(sure(request.matches(GUARDRAIL, each)) for each in numbered)
        return some([enforced, exempt, is_embedding(request), named])

    return Claim(
        id="iam-others-name-a-guardrail",
        sentence="Nobody in the account may call a model that answers without a numbered guardrail of the"
        " organization, but whom it exempts.",
        cases=tuple(
            Case(principal=everybody, action=action, goal=goal, keys=(GUARDRAIL,))
            for action in INVOKE_ACTIONS
        ),
        empty="",
        exists=_exists(account, INVOKE_ACTIONS),
    )


def _exists(account: Account, actions: tuple[str, ...]) -> str:
    exempt = sorted({account.texts.shown(each.text) for one in actions for each in _exempted(account, one)})
    return f"Exempt: {', '.join(exempt)}." if exempt else "Nobody is exempt."


def _exempt(account: Account, action: str) -> Goal:
    exempted = _exempted(account, action)

    def goal(request: Request, _without: Layer | None) -> Span:
        return some(sure(request.matches(_CALLER, each)) for each in exempted)

    return goal


def _exempted(account: Account, action: str) -> list[Predicate]:
    """Who is named where a denial of an action says whom it is not for."""
    found: list[Predicate] = []
    for clause in account.service_control:
        conditions = dig(clause.statement.body, "Condition")
        if clause.covers(action) == NO or not isinstance(conditions, dict):
            continue
        for operator, tests in conditions.items():
            if operator.lower() in {"arnnotlike", "arnnotequals"} and isinstance(tests, dict):
                only: dict[str, Value] = {"Condition": {operator: tests}}
                alone = Clause("", Statement(path="", body=only), clause.template, clause.texts)
                found += [Predicate(Kind.ARN, each.text) for _, each in tested_values([alone], _CALLER)]
    return found
