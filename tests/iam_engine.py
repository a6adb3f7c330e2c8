"""What a resource policy that was synthesized decides, asked of the emulator's IAM engine."""

from typing import Any

import aws_cdk as cdk

from genai_defense.local.clients import emulator_module

OURS, STRANGER = "111111111111", "222222222222"
_KNOWN = {"AWS::Partition": "aws", "AWS::AccountId": OURS, "AWS::Region": "eu-west-1"}


def decide(
    stack: cdk.Stack,
    document: Any,
    *,
    action: str,
    resource: str,
    role: str,
    keys: dict[str, Any],
) -> str:
    """`Allow`, `Deny` or `ImplicitDeny`.

    Args:
        stack: The stack of the policy, which resolves its tokens.
        document: The policy.
        action: What is asked for.
        resource: ARN on which it is asked.
        role: ARN of the caller; empty for nobody and for services.
        keys: Condition keys of the request.
    """
    engine = emulator_module("core.iam_evaluator")
    asked = engine.EvalContext(
        principal_arn=role,
        principal_type="AssumedRole",
        principal_account=role.split(":")[4] if role else "",
        action=action,
        resource_arn=resource,
        region="eu-west-1",
        service_context={name.lower(): value for name, value in keys.items()},
    )
    return str(engine.evaluate_resource_policy(_as_iam_gets_it(stack.resolve(document)), asked).decision)


def _as_iam_gets_it(value: Any) -> Any:
    if isinstance(value, list):
        listed: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return [_as_iam_gets_it(entry) for entry in listed]
    if not isinstance(value, dict):
        return value
    fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
    if "Fn::Join" in fields:
        return "".join(_as_iam_gets_it(part) for part in fields["Fn::Join"][1])
    if set(fields) == {"Ref"}:
        return _KNOWN[fields["Ref"]]
    return {key: _as_iam_gets_it(entry) for key, entry in fields.items()}
