"""Which layer of whose calls a changed property is."""

from collections.abc import Iterable, Iterator
from functools import partial

from genai_defense.checks.organization_policies import policy_content
from genai_defense.checks.policy import Statement, identity_statements, statements
from genai_defense.checks.resource_policies import resource_statements
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference
from genai_defense.proofs.iam.account import Account, Layer
from genai_defense.proofs.iam.changes import (
    BOUNDARY,
    IDENTITY,
    POLICY,
    Case,
    Change,
    Part,
    Whom,
    Words,
    change,
    gains,
)
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.formula import OPEN, YES, Span, none, some
from genai_defense.proofs.iam.principals import Principal, clauses
from genai_defense.proofs.iam.request import Request

_HOLDERS = ("AWS::IAM::Role", "AWS::IAM::User")
_POLICIES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy")
_OWN = (*_HOLDERS, *_POLICIES)
_ON_RESOURCES = ("AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::BucketPolicy")
# Who is in a group, or gets a permission set, the templates do not tell.
_SHARED = ("AWS::IAM::Group", "AWS::SSO::PermissionSet")
_EVERYTHING = Statement(path="", body={"Effect": "Allow", "Action": "*", "Resource": "*"})


def cases(account: Account, before: Resource, after: Resource, field: str) -> list[Case]:
    """Everybody whom a change concerns; nobody where it is not known who that is.

    A policy of endpoints, resources or organizations binds more people than the templates tell: there, it is
    asked about somebody who may do everything.
    """
    if before.type in _HOLDERS and field == "PermissionsBoundary":
        return list(_unbound(account, before, after))
    if after.get(field) is None:
        return []  # what holds without a policy is not in the templates
    if field == ("Policies" if before.type in _HOLDERS else "PolicyDocument") and before.type in _OWN:
        return list(_own(account, before, after))
    if before.type == "AWS::EC2::VPCEndpoint":
        return list(_of_anybody(before, _on_endpoint(account, before, after), None))
    if before.type == "AWS::Organizations::Policy":
        documents = [clauses(one, policy_content(one), "Content", account.texts) for one in (before, after)]
        return list(_of_anybody(before, change(*documents), YES))
    found = _on_resource(account, before, after) if before.type in _ON_RESOURCES else None
    return list(_of_anybody(before, found, YES)) if found else []


def _on_endpoint(account: Account, before: Resource, after: Resource) -> Change:
    old = next((one.policy for one in account.endpoints if one.resource is before), None)
    if old is None:
        return change((), ())
    return change(old, clauses(after, after.get("PolicyDocument"), "PolicyDocument", account.texts))


def _unbound(account: Account, before: Resource, after: Resource) -> Iterator[Case]:
    def lost(principal: Principal, request: Request) -> list[list[Part]]:
        bound = account.decision(Layer.BOUNDARY, principal, request)
        return [
            [("", none(bound)), *_granted(account, principal, request), *_beside(account, principal, request)]
        ]

    for principal in account.principals:
        bound = principal.resource is before and principal.boundary is not None
        if bound and after.get("PermissionsBoundary") is None:
            yield Case(
                principal=principal,
                changed=None,
                request=partial(account.request, principal),
                gains=partial(lost, principal),
            )


def _own(account: Account, before: Resource, after: Resource) -> Iterator[Case]:
    if before.get("Groups") is not None or any(
        one.type in _SHARED for one in account.graph.referrers(before)
    ):
        return
    late = tuple(
        Clause(f"{after.logical_id} {one.path}", one, before.template, account.texts)
        for one in identity_statements(after)
    )
    bounds = any(_is_bound_by(each.resource, before) for each in account.principals)
    for principal in account.principals:
        if bounds and principal.resource is before:
            continue  # a boundary that nobody has as a policy grants nothing
        if theirs := _of(principal.identity, before):
            others = [one for one in principal.identity if one not in theirs]
            yield _case(account, principal, change(theirs, late, others), IDENTITY)
        if theirs := _of(principal.boundary or (), before):
            yield _case(account, principal, change(theirs, late), BOUNDARY)


def _case(account: Account, principal: Principal, changed: Change, words: Words) -> Case:
    def gained(request: Request) -> Iterator[list[Part]]:
        if words is IDENTITY:
            beside = [
                ("the permissions boundary refuses it", account.decision(Layer.BOUNDARY, principal, request)),
                *_beside(account, principal, request),
            ]
            by_resources = account.decision(None, principal, request)
            for parts in gains(changed, request, words, granted=by_resources):
                yield [*parts, *beside]
            return
        beside = [*_granted(account, principal, request), *_beside(account, principal, request)]
        for parts in gains(changed, request, words):
            yield [*parts, *beside]

    return Case(
        principal=principal,
        changed=changed,
        request=partial(account.request, principal),
        gains=gained,
    )


def _granted(account: Account, principal: Principal, request: Request) -> list[Part]:
    own = account.decision(Layer.ALLOW, principal, request)
    return [
        ("nothing grants it", some([own, account.decision(None, principal, request)])),
        ("an identity Deny refuses it", account.decision(Layer.DENY, principal, request)),
    ]


def _beside(account: Account, principal: Principal, request: Request) -> list[Part]:
    """Those of the organization are left out: which accounts they bind, a template does not tell."""
    return [
        ("a resource policy refuses it", account.decision(Layer.RESOURCE, principal, request)),
        ("an endpoint policy refuses it", account.decision(Layer.ENDPOINT, principal, request)),
    ]


def _of_anybody(before: Resource, changed: Change, granted: Span | None) -> Iterator[Case]:
    """Anybody, from whatever account; `granted` is None where the policy itself allows."""
    if not changed.changed or (granted is not None and not changed.only_denies):
        return
    first = changed.changed[0]
    anybody = Principal(
        name="somebody with every right",
        resource=before,
        arn=None,
        identity=(Clause(first.where, _EVERYTHING, first.template, first.texts),),
    )
    whom: Whom = _for_anybody

    def gained(request: Request) -> Iterator[list[Part]]:
        listed = gains(changed, request, POLICY, whom=whom)
        if granted is None:
            yield from listed
        else:
            # What such a policy allows does not differ.
            yield [part for part in list(listed)[1] if part[0] != POLICY.ungranted]

    yield Case(principal=anybody, changed=changed, request=lambda action: Request(action, {}), gains=gained)


def _for_anybody(clause: Clause) -> Span:
    everybody = clause.is_for("", OPEN)
    return YES if everybody == YES else OPEN


def _on_resource(account: Account, before: Resource, after: Resource) -> Change:
    theirs = _of(account.resource_clauses, before)
    if before.type == "AWS::KMS::Key":
        listed = statements(after.get("KeyPolicy"), "KeyPolicy")
    else:
        listed = resource_statements(after)
    scope = theirs[0].scope if theirs else ()
    late = [
        Clause(f"{after.logical_id} {one.path}", one, before.template, account.texts, scope) for one in listed
    ]
    return change(theirs, late)


def _of(listed: Iterable[Clause], resource: Resource) -> list[Clause]:
    return [
        one
        for one in listed
        if one.template is resource.template and one.where.partition(" ")[0] == resource.logical_id
    ]


def _is_bound_by(holder: Resource, policy: Resource) -> bool:
    boundary = holder.get("PermissionsBoundary")
    return isinstance(boundary, Reference) and boundary.resource is policy
