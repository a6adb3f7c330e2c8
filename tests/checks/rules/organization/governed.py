"""An organization whose policies say all that they should, for tests to take things out of."""

from copy import deepcopy
from typing import Any

from genai_defense.checks.organization_families import OF_CONTROLS, OF_MODELS

POLICY = "AWS::Organizations::Policy"
_INVOKE = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
_APPROVED = "arn:*:bedrock:*::foundation-model/amazon.nova-pro-v1:0"
_GUARDRAIL = "arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1a2b3c4d5e:1"
_DATA = ["s3:*", "kms:*", "sqs:*"]
_ORGANIZATION = "o-a1b2c3d4e5"


def deny(actions: list[str], condition: dict[str, Any] | None = None, **fields: object) -> dict[str, Any]:
    """A Deny on everything, unless its fields say otherwise."""
    resource = {} if "NotResource" in fields else {"Resource": "*"}
    return {
        "Effect": "Deny",
        "Action": list(actions),
        **resource,
        **fields,
        **({"Condition": condition} if condition else {}),
    }


def organization() -> dict[str, dict[str, Any]]:
    """Three kinds of policies, by name: `Subject` (models), `Controls`, `Perimeter` and `Training`."""
    models = [
        deny(_INVOKE, {"StringNotEquals": {"bedrock:GuardrailIdentifier": _GUARDRAIL}}),
        deny(_INVOKE, NotResource=[_APPROVED]),
        deny(_INVOKE, {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}),
        *(deny(list(actions)) for actions in OF_MODELS.values()),
    ]
    perimeter = [
        deny(_DATA, {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": _ORGANIZATION}}, Principal="*"),
        deny(_DATA, {"StringNotEqualsIfExists": {"aws:SourceOrgID": _ORGANIZATION}}, Principal="*"),
        deny(_DATA, {"BoolIfExists": {"aws:SecureTransport": "false"}}, Principal="*"),
    ]
    controls = [deny(list(actions)) for actions in OF_CONTROLS.values()]
    opt_out = {"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}}
    return deepcopy(
        {
            "Subject": _policy("SERVICE_CONTROL_POLICY", {"Statement": models}),
            "Controls": _policy("SERVICE_CONTROL_POLICY", {"Statement": controls}),
            "Perimeter": _policy("RESOURCE_CONTROL_POLICY", {"Statement": perimeter}),
            "Training": _policy("AISERVICES_OPT_OUT_POLICY", opt_out),
        }
    )


def _policy(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"Type": POLICY, "Properties": {"Type": kind, "Content": content}}
