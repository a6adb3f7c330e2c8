"""Reads the policies of an organization, which a template writes as an object or as text."""

import json
from typing import Final, cast

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, Value

SERVICE_CONTROL: Final = "SERVICE_CONTROL_POLICY"
RESOURCE_CONTROL: Final = "RESOURCE_CONTROL_POLICY"
AI_OPT_OUT: Final = "AISERVICES_OPT_OUT_POLICY"
MOST_CHARS: Final = {
    SERVICE_CONTROL: 5_120,
    RESOURCE_CONTROL: 5_120,
    AI_OPT_OUT: 2_500,
    "BACKUP_POLICY": 10_000,
    "BEDROCK_POLICY": 10_000,
    "CHATBOT_POLICY": 10_000,
    "DECLARATIVE_POLICY_EC2": 10_000,
    "INSPECTOR_POLICY": 10_000,
    "SECURITYHUB_POLICY": 10_000,
    "TAG_POLICY": 10_000,
    "UPGRADE_ROLLOUT_POLICY": 10_000,
}
"""The longest document of each type.

Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html and
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-organizations-policy.html (read
2026-11-24).
"""


def policy_content(policy: Resource) -> Value:
    """The document of an `AWS::Organizations::Policy`; opaque when the template does not spell it out."""
    content = policy.get("Content")
    if not isinstance(content, str):
        return content
    try:
        return cast("Value", json.loads(content))
    except ValueError:
        return Unresolved("the document is no JSON")


def policy_type(policy: Resource) -> str | Opaque:
    """Its type, such as `SERVICE_CONTROL_POLICY`."""
    kind = policy.get("Type")
    return kind if isinstance(kind, Opaque) else str(kind)
