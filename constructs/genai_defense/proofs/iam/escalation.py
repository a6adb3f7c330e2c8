"""Claims about rights themselves: who could give himself or others more of them."""

from collections.abc import Iterator
from typing import Final

from genai_defense.proofs.iam.account import Account, Layer
from genai_defense.proofs.iam.claims import Case, Claim, Goal, allowed_in_order, always, among
from genai_defense.proofs.iam.formula import NO, Span, every, some, sure
from genai_defense.proofs.iam.named import is_named, tested_values
from genai_defense.proofs.iam.pattern import is_open
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import Request

# Each of these makes rights out of less: of a policy, a role, a credential, or of code that runs with more.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
# (read 2026-11-24).
ESCALATIONS: Final = (
    "cloudformation:CreateStack",
    "cloudformation:UpdateStack",
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:CreateRole",
    "iam:CreateServiceSpecificCredential",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "sts:AssumeRoot",
)
PASSED_TO = "iam:passedtoservice"


def escalation_claims(account: Account) -> Iterator[Claim]:
    """What must hold of everybody's rights on rights."""
    asked = f"{len(account.principals)} principals were asked." if account.principals else ""
    nobody = "There is no role or user in these templates."
    yield Claim(
        id="iam-nobody-gives-himself-more-rights",
        sentence="Nobody in these templates may change identities, their policies, or the code of functions.",
        cases=tuple(
            Case(principal=who, action=action, goal=always(NO))
            for who, action in among(account.principals, ESCALATIONS)
        ),
        empty=nobody,
        exists=asked,
    )
    passing = tuple(
        Case(principal=who, action="iam:PassRole", goal=_to_one_service(who), keys=(PASSED_TO,))
        for who in account.principals
    )
    yield Claim(
        id="iam-roles-are-passed-one-by-one",
        sentence="Whoever may pass a role passes one that his policy names, to one service that it names.",
        cases=passing,
        empty=nobody,
        exists=asked,
        notes=tuple(_told(account, passing)),
    )
    yield Claim(
        id="iam-roles-are-assumed-one-by-one",
        sentence="Whoever may assume a role assumes one that his policy names.",
        cases=tuple(
            Case(principal=who, action="sts:AssumeRole", goal=_named(who)) for who in account.principals
        ),
        empty=nobody,
        exists=asked,
    )


def _named(principal: Principal) -> Goal:
    def goal(request: Request, _without: Layer | None) -> Span:
        return is_named(request, principal.identity)

    return goal


def _to_one_service(principal: Principal) -> Goal:
    services = [each for _, each in tested_values(principal.identity, PASSED_TO) if not is_open(each.text)]

    def goal(request: Request, _without: Layer | None) -> Span:
        to_one = some(sure(request.matches(PASSED_TO, each)) for each in services)
        return every([is_named(request, principal.identity), to_one])

    return goal


def _told(account: Account, cases: tuple[Case, ...]) -> Iterator[str]:
    yield from (f"In order: {call}." for case in cases if (call := allowed_in_order(case, account)))
