"""Where the rights of a role lead: to models, and to whatever it may hand a request to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.checks.answer import Compliant, Unknown
from genai_defense.checks.bypasses import WAYS_AROUND
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.model_access import (
    GUARDRAIL_KEY,
    INVOKE_ACTIONS,
    UNGUARDED_POLICIES,
    demands_numbered_guardrail,
    may_invoke_models,
    numbered_guardrail,
)
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import Statement, identity_statements
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally, reaches
from genai_defense.checks.values import Reference, Text, Unresolved, Value, dig, items, references, shown
from genai_defense.proofs.request_path.links import ACTIONS
from genai_defense.proofs.request_path.step import MODEL, Control, Guard, Place, Step, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_REFUSING = {"stringnotequals", "stringnotlike", "arnnotequals", "arnnotlike"}
# These have a resource of their own at which a request arrives.
_AT_RESOURCES = {action for actions in ACTIONS.values() for action in actions}
_WAYS_AROUND = tuple(action for action in WAYS_AROUND if action not in _AT_RESOURCES)
_NAMES = ("FunctionName", "StateMachineName", "QueueName", "TopicName", "BucketName", "TableName", "Name")
_KINDS = {
    "AWS::Lambda::Function": "lambda:::function:",
    "AWS::StepFunctions::StateMachine": "states:::stateMachine:",
    "AWS::SQS::Queue": "sqs:::",
    "AWS::SNS::Topic": "sns:::",
    "AWS::S3::Bucket": "s3:::",
    "AWS::DynamoDB::Table": "dynamodb:::table/",
    "AWS::Events::EventBus": "events:::event-bus/",
    "AWS::Kinesis::Stream": "kinesis:::stream/",
    "AWS::SageMaker::Endpoint": "sagemaker:::endpoint/",
    "AWS::Bedrock::Agent": "bedrock:::agent-alias/",
    "AWS::Bedrock::Flow": "bedrock:::flow/",
    "AWS::BedrockAgentCore::Runtime": "bedrock-agentcore:::runtime/",
    "AWS::BedrockAgentCore::Gateway": "bedrock-agentcore:::gateway/",
}
# What these are asked for is no way to a model or to a function by itself.
_OF_AWS = "arn:aws:iam::aws:policy/"


def ways_by_role(role: Value, graph: TemplateGraph) -> Iterator[Way]:
    """Where somebody with this role can go.

    Args:
        role: What stands in the property for the role.
        graph: Where roles and policies are.
    """
    if role is None:
        return
    known = [found.resource for found in references(role) if found.resource.type == "AWS::IAM::Role"]
    if not known:
        yield Way(MODEL, f"its role is in no template ({shown(role)})")
    for each in known:
        yield from ways_of_role(each, graph)


def ways_of_role(role: Resource, graph: TemplateGraph) -> Iterator[Way]:
    """Where the rights of a role of the graph lead."""
    for arn in items(role.get("ManagedPolicyArns")):
        if any(literally(arn).endswith(f"/{name}") for name in UNGUARDED_POLICIES):
            yield Way(Place(role, literally(arn).rpartition("/")[2]))
    for holder in policy_holders(role, graph):
        for statement in granting_statements(holder, graph):
            yield from _ways_of_statement(role, holder, statement, graph)


def call(place: Place, graph: TemplateGraph) -> Step:
    """A call to a model by one statement of a role: the part is the statement, and the guards are its own.

    Args:
        place: The role, with the policy and the path of its statement as its part.
        graph: Where the policy is.
    """
    role = place.resource
    guards: list[Guard] = []
    for holder in policy_holders(role, graph) if role else ():
        for statement in identity_statements(holder):
            if place.part == f"{holder.logical_id} {statement.path}":
                guards.extend(_demand(statement))
            elif _refuses_without_guardrail(statement):
                guards.append(Guard(Control.GUARDRAIL, "Deny in the caller's role"))
    return Step(tuple(guards), (Way(MODEL),))


def _ways_of_statement(
    role: Resource, holder: Resource, statement: Statement, graph: TemplateGraph
) -> Iterator[Way]:
    if may_invoke_models(statement) or any(statement.may_cover(action) for action in _WAYS_AROUND):
        doubt = shown(statement.body) if isinstance(statement.body, Unresolved) else ""
        yield Way(Place(role, f"{holder.logical_id} {statement.path}"), doubt)
    for kind, actions in ACTIONS.items():
        if any(statement.may_cover(action) for action in actions):
            for target in graph.of_type(kind):
                reached = _reaches(statement, target)
                if reached is not False:
                    yield Way(Place(target), reached.why if isinstance(reached, Unresolved) else "")


def _demand(statement: Statement) -> Iterator[Guard]:
    if any(statement.may_cover(action) for action in _WAYS_AROUND):
        return
    answer = demands_numbered_guardrail(statement)
    if isinstance(answer, Compliant):
        yield Guard(Control.GUARDRAIL, "condition in the caller's role")
    elif isinstance(answer, Unknown):
        yield Guard(Control.GUARDRAIL, "condition in the caller's role", answer.why)


def _refuses_without_guardrail(statement: Statement) -> bool:
    if statement.may_allow or not all(statement.may_cover(action) for action in INVOKE_ACTIONS):
        return False
    if "*" not in [literally(each) for each in items(dig(statement.body, "Resource"))]:
        return False
    tests = list(tested(statement))
    return len(tests) == 1 and all(
        operator in _REFUSING
        and key == GUARDRAIL_KEY.lower()
        and all(numbered_guardrail(value) is True for value in values)
        for operator, key, values in tests
    )


def _reaches(statement: Statement, target: Resource) -> bool | Unresolved:
    """Whether a statement's resources include this one."""
    if isinstance(statement.body, Unresolved):
        return statement.body
    listed = items(dig(statement.body, "Resource"))
    answers = [_is(value, target) for value in listed]
    if not listed or True in answers:
        return True
    return next((answer for answer in answers if isinstance(answer, Unresolved)), False)


def _is(value: Value, target: Resource) -> bool | Unresolved:
    if isinstance(value, Unresolved):
        return value
    named = [found.resource for found in references(value)]
    if target in named:
        return True
    if isinstance(value, Reference):
        return value.resource.type in {"AWS::Lambda::Alias", "AWS::Bedrock::AgentAlias"} and target in [
            found.resource for found in references(value.resource.properties)
        ]
    if isinstance(value, Text) and any(each.type == target.type for each in named):
        return False
    name = next((given for key in _NAMES if isinstance(given := target.get(key), str)), target.logical_id)
    kind = _KINDS[target.type]
    samples = (f"arn:aws:{kind}{name}", f"arn:aws:{kind}{name}/{target.logical_id}")
    return any(reaches(value, sample) for sample in samples)
