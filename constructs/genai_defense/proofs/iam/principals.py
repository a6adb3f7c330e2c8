"""Who acts in a deployment: its roles and users, whoever gets a policy of it, and everybody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import Statement, identity_statements, statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved, Value, items, references, shown
from genai_defense.proofs.iam.aws_policies import document_of
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.texts import Texts

_POLICIES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy")
_TRUST = "AssumeRolePolicyDocument"
_LISTS = {
    "AWS::IAM::Group": ("Groups", "GroupName"),
    "AWS::IAM::Role": ("Roles", "RoleName"),
    "AWS::IAM::User": ("Users", "UserName"),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Principal:
    """Somebody who calls AWS.

    Attributes:
        name: Who it is, in words.
        resource: The role or user; a policy for whoever gets it.
        arn: His ARN; None where it is not known.
        identity: The statements of his own policies.
        boundary: The statements of his permissions boundary; None where he has none that is known.
        in_vpc: Whether functions in a VPC act as him.
        sets_up: Whether only the functions of custom resources act as him, at deployments.
        trust: Who may become him.
    """

    name: str
    resource: Resource
    arn: str | None
    identity: tuple[Clause, ...]
    boundary: tuple[Clause, ...] | None = None
    in_vpc: bool = False
    sets_up: bool = False
    trust: tuple[Clause, ...] = ()


def principals(graph: TemplateGraph, texts: Texts) -> Iterator[Principal]:
    """Everybody whom the templates make or give a policy to."""
    for resource in graph.of_type("AWS::IAM::Role", "AWS::IAM::User"):
        yield _identity(resource, graph, texts)
    for policy in graph.of_type(*_POLICIES):
        listed = [entry for names in _LISTS.values() for name in names for entry in items(policy.get(name))]
        elsewhere = any(not isinstance(entry, Reference) for entry in listed)
        attached = any(policy in _attached(one) for one in graph.referrers(policy))
        if elsewhere or (not listed and not attached):
            own = tuple(_clauses(policy, granting_statements(policy, graph), texts))
            if own:
                name = f"whoever gets the policy {policy.construct_path or policy.logical_id}"
                yield Principal(name=name, resource=policy, arn=None, identity=own)


def clauses(resource: Resource, document: Value, path: str, texts: Texts) -> Iterator[Clause]:
    """The statements of a document that stands in a resource."""
    return _clauses(resource, statements(document, path), texts)


def _clauses(resource: Resource, listed: Iterator[Statement], texts: Texts) -> Iterator[Clause]:
    for statement in listed:
        yield Clause(f"{resource.logical_id} {statement.path}", statement, resource.template, texts)


def _identity(resource: Resource, graph: TemplateGraph, texts: Texts) -> Principal:
    functions = [
        one
        for one in graph.referrers(resource)
        if one.type == "AWS::Lambda::Function"
        and isinstance(role := one.get("Role"), Reference)
        and role.resource is resource
    ]
    kind = "role" if resource.type.endswith("Role") else "user"
    return Principal(
        name=f"{kind} {(resource.construct_path or resource.logical_id).removesuffix('/Resource')}",
        resource=resource,
        arn=texts.arn(resource),
        identity=tuple(_own(resource, graph, texts)),
        boundary=_boundary(resource, texts),
        in_vpc=any(one.get("VpcConfig") is not None for one in functions),
        sets_up=bool(functions) and all(_serves_deployments(one, graph) for one in functions),
        trust=tuple(
            clauses(resource, resource.get("AssumeRolePolicyDocument"), "AssumeRolePolicyDocument", texts)
        ),
    )


def _own(resource: Resource, graph: TemplateGraph, texts: Texts) -> Iterator[Clause]:
    yield from _clauses(resource, identity_statements(resource), texts)
    for index, arn in enumerate(items(resource.get("ManagedPolicyArns"))):
        yield from _managed(resource, arn, f"ManagedPolicyArns.{index}", texts)
    for policy in graph.referrers(resource):
        if policy.type in _POLICIES and policy not in _attached(resource) and _lists(policy, resource):
            yield from _clauses(policy, identity_statements(policy), texts)
    for group in _groups(resource, graph):
        yield from _own(group, graph, texts)


def _managed(resource: Resource, arn: Value, path: str, texts: Texts) -> Iterator[Clause]:
    if isinstance(arn, Reference):
        yield from _clauses(arn.resource, identity_statements(arn.resource), texts)
        return
    text = texts.pattern(arn, resource.template, wildcards=False)
    document = None if text is None else document_of(texts.shown(text))
    if document is None:
        document = Unresolved(f"what the policy {shown(arn)} allows is not in the templates")
    yield from clauses(resource, document, path, texts)


def _boundary(resource: Resource, texts: Texts) -> tuple[Clause, ...] | None:
    boundary = resource.get("PermissionsBoundary")
    if not isinstance(boundary, Reference) or boundary.resource.type != "AWS::IAM::ManagedPolicy":
        return None
    return tuple(_clauses(boundary.resource, identity_statements(boundary.resource), texts))


def _groups(user: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    if user.type != "AWS::IAM::User":
        return
    named = [entry.resource for entry in items(user.get("Groups")) if isinstance(entry, Reference)]
    for addition in graph.of_type("AWS::IAM::UserToGroupAddition"):
        if any(
            isinstance(each, Reference) and each.resource is user for each in items(addition.get("Users"))
        ):
            named += [found.resource for found in references(addition.get("GroupName"))]
    yield from (group for group in dict.fromkeys(named) if group.type == "AWS::IAM::Group")


def _attached(resource: Resource) -> list[Resource]:
    return [arn.resource for arn in items(resource.get("ManagedPolicyArns")) if isinstance(arn, Reference)]


def _lists(policy: Resource, resource: Resource) -> bool:
    listed = [entry for name in _LISTS[resource.type] for entry in items(policy.get(name))]
    return any(isinstance(entry, Reference) and entry.resource is resource for entry in listed)


def _serves_deployments(function: Resource, graph: TemplateGraph) -> bool:
    """Whether a custom resource of the templates calls a function."""
    return any(
        isinstance(token := one.get("ServiceToken"), Reference) and token.resource is function
        for one in graph.referrers(function)
        if one.type.startswith(("Custom::", "AWS::CloudFormation::"))
    )
