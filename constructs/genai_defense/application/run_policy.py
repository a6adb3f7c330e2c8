"""What Lambda itself does with the roles of functions, written once for all functions of a stack."""

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_in

_TRACED, _ATTACHED = "TracedFunctions", "PrivateFunctions"
_SEEN = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
_CHANGED = [
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
]


def let_trace(scope: Construct, role: iam.IRole) -> iam.ManagedPolicy:
    """Let a function outside the VPC write its traces.

    Args:
        scope: The function's construct; all of its stack share the policy `TracedFunctions`.
        role: The function's execution role.
    """
    stack = Stack.of(scope)
    policy = stack.node.try_find_child(_TRACED) or _traced(stack)
    return _attached(policy, role)


def let_run_in_vpc(scope: Construct, role: iam.IRole) -> iam.ManagedPolicy:
    """Let a function in the VPC write its traces, and Lambda make its network interfaces.

    Args:
        scope: The function's construct; all of its stack share the policy `PrivateFunctions`.
        role: The function's execution role.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
        (read 2026-11-24).
    """
    stack = Stack.of(scope)
    policy = stack.node.try_find_child(_ATTACHED) or _private(stack)
    return _attached(policy, role)


def _attached(policy: object, role: iam.IRole) -> iam.ManagedPolicy:
    if not isinstance(policy, iam.ManagedPolicy):
        raise TypeError(
            f"{_TRACED} and {_ATTACHED} are ids of the kit's own policies in a stack, but there stands "
            f"{type(policy).__name__}. Give yours another id."
        )
    policy.attach_to_role(role)
    return policy


def _traced(stack: Stack) -> iam.ManagedPolicy:
    policy = iam.ManagedPolicy(stack, _TRACED, statements=[_trace()])
    acknowledge(
        policy,
        "AwsSolutions-IAM5[Resource::*]",
        reason="X-Ray's two put actions know no resources (service authorization reference), so that no ARN "
        "can stand here. They add trace segments and read none; functions have nothing wider.",
    )
    return policy


def _private(stack: Stack) -> iam.ManagedPolicy:
    # Lambda asks for all of the account: of DeleteNetworkInterface it takes no narrower form.
    ours = stack.format_arn(service="ec2", resource="*", resource_name="*")
    policy = iam.ManagedPolicy(
        stack,
        _ATTACHED,
        statements=[
            _trace(),
            iam.PolicyStatement(sid="SeeTheVpc", actions=_SEEN, resources=["*"]),
            iam.PolicyStatement(sid="AttachToVpc", actions=_CHANGED, resources=[ours]),
            # Lambda attaches the function with this role; the function's own code has no use for it.
            iam.PolicyStatement(
                sid="DenyVpcChangesByTheCode",
                effect=iam.Effect.DENY,
                actions=[*_CHANGED, *_SEEN, "ec2:DetachNetworkInterface"],
                resources=["*"],
                conditions={"ArnLike": {"lambda:SourceFunctionArn": _any_function(stack)}},
            ),
        ],
    )
    acknowledge(
        policy,
        "AwsSolutions-IAM5[Resource::*]",
        wildcard_in(ours, reader=policy),
        reason="X-Ray's put actions and EC2's describe actions know no resources; Lambda's guide asks for "
        "every id of the account and Region where it makes and removes interfaces, whose ids it chooses. The "
        "policy's own Deny on lambda:SourceFunctionArn keeps all EC2 actions from the functions' code.",
    )
    return policy


def _trace() -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid="Trace", actions=["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources=["*"]
    )


def _any_function(stack: Stack) -> str:
    return stack.format_arn(
        service="lambda",
        resource="function",
        resource_name="*",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
