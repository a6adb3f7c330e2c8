"""What stands in subnets, and what of it calls models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from genai_defense.checks.grants import granting_statements
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.values import Reference, Value, items, references
from genai_defense.proofs.request_path.links import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_SUBNETS: Final = {
    "AWS::BedrockAgentCore::Runtime": "NetworkConfiguration.NetworkModeConfig.Subnets",
    "AWS::EC2::Instance": "SubnetId",
    "AWS::ECS::Service": "NetworkConfiguration.AwsvpcConfiguration.Subnets",
    "AWS::Lambda::Function": "VpcConfig.SubnetIds",
    "AWS::SageMaker::Model": "VpcConfig.Subnets",
    "AWS::SageMaker::NotebookInstance": "SubnetId",
}
_CALLERS: Final = ("AWS::Lambda::Function", "AWS::ECS::Service", "AWS::BedrockAgentCore::Runtime")
# Service of an endpoint, to the actions that are called there.
SERVICES: Final = {
    "bedrock-runtime": (
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream",
        "bedrock:ApplyGuardrail",
    ),
    "bedrock-agent-runtime": (
        "bedrock:InvokeAgent",
        "bedrock:InvokeFlow",
        "bedrock:Retrieve",
        "bedrock:RetrieveAndGenerate",
    ),
    "bedrock-agentcore": ("bedrock-agentcore:InvokeAgentRuntime",),
}
"""Service of an interface endpoint, to the actions that are called there."""


class Caller(NamedTuple):
    """Something that may call Bedrock.

    Attributes:
        resource: A function, a service of containers or an agent.
        services: The services of Bedrock that it may call.
        subnets: What its property for subnets says; None where it stands in no network.
        groups: What its property for security groups says.
    """

    resource: Resource
    services: tuple[str, ...]
    subnets: Value
    groups: Value


def workload_subnets(graph: TemplateGraph) -> Iterator[Resource]:
    """The subnets in which something runs."""
    for kind, path in _SUBNETS.items():
        for resource in graph.of_type(kind):
            yield from (found.resource for found in references(resource.get(path)))


def balanced_subnets(graph: TemplateGraph) -> Iterator[Resource]:
    """The subnets in which load balancers stand."""
    for balancer in graph.of_type("AWS::ElasticLoadBalancingV2::LoadBalancer"):
        yield from (found.resource for found in references(balancer.get("Subnets")))


def callers(graph: TemplateGraph) -> Iterator[Caller]:
    """What may call Bedrock, by the roles in the templates."""
    for resource in graph.of_type(*_CALLERS):
        services = tuple(_services(resource, graph))
        if services:
            path = _SUBNETS[resource.type]
            groups = resource.get(f"{path.rpartition('.')[0]}.SecurityGroups")
            if resource.type == "AWS::Lambda::Function":
                groups = resource.get("VpcConfig.SecurityGroupIds")
            yield Caller(resource, services, resource.get(path), groups)


def _services(resource: Resource, graph: TemplateGraph) -> Iterator[str]:
    roles = [role for role in _roles(resource) if role.type == "AWS::IAM::Role"]
    statements = [
        statement
        for role in roles
        for holder in policy_holders(role, graph)
        for statement in granting_statements(holder, graph)
    ]
    for service, actions in SERVICES.items():
        if any(statement.may_cover(action) for statement in statements for action in actions):
            yield service


def _roles(resource: Resource) -> Iterator[Resource]:
    if resource.type == "AWS::ECS::Service":
        for task in references(resource.get("TaskDefinition")):
            yield from (found.resource for found in references(task.resource.get("TaskRoleArn")))
        return
    role = resource.get(ROLES[resource.type])
    if isinstance(role, Reference):
        yield role.resource


def named(value: Value) -> tuple[list[Resource], list[Value]]:
    """What a list refers to, and what of it is in no template."""
    listed = items(value)
    return (
        [each.resource for each in listed if isinstance(each, Reference)],
        [each for each in listed if not isinstance(each, Reference)],
    )
