"""What the management account enforces is complete, or off."""

from typing import Any

import pytest
from pydantic import ValidationError

from genai_defense.settings.management import ManagementSettings

COMPLETE: dict[str, Any] = {
    "targets": ["ou-ab12-11112222"],
    "organization_id": "o-a1b2c3d4e5",
    "guardrail_versions": ["gr1a2b3c4d5e:7"],
    "break_glass": ["arn:aws:iam::*:role/BreakGlass"],
}


def test_it_is_off_by_default() -> None:
    assert ManagementSettings().targets == ()


def test_each_role_of_the_kit_is_exempt_from_what_it_needs_by_default() -> None:
    settings = ManagementSettings.model_validate(COMPLETE)
    assert settings.administrators == ("arn:*:iam::*:role/cdk-*-cfn-exec-role-*",)
    assert settings.deployers == ("arn:*:iam::*:role/cdk-*-deploy-role-*",)
    assert settings.log_keepers == ("arn:*:iam::*:role/GenAiDefense-Model-InvocationLog*",)
    assert settings.responders == ("arn:*:iam::*:role/GenAiDefense-Respond-Functions*",)


@pytest.mark.parametrize("missing", ["organization_id", "guardrail_versions", "break_glass"])
def test_a_part_of_it_is_refused(missing: str) -> None:
    given = {key: value for key, value in COMPLETE.items() if key != missing}
    with pytest.raises(ValidationError, match=f"targets are named, so {missing} must be set"):
        ManagementSettings.model_validate(given)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"targets": ["everybody"]}, "targets.0"),
        ({"organization_id": "my-company"}, "organization_id"),
        ({"guardrail_versions": ["gr1a2b3c4d5e:DRAFT"]}, "never DRAFT"),
        ({"guardrail_versions": ["gr1a2b3c4d5e"]}, "numbered version"),
        ({"guardrail_versions": ["gr1a2b3c4d5e:0"]}, "numbered version"),
        ({"enforced_guardrails": ["gr1a2b3c4d5e:7"]}, "must be an ARN with its version"),
        ({"break_glass": ["arn:aws:iam::*:role/*"]}, "break_glass.0"),
        ({"administrators": ["*"]}, "administrators.0"),
        ({"administrators": ["arn:aws:iam::*:user/me"]}, "administrators.0"),
        ({"responders": ["arn:aws:iam::*:role/*"]}, "responders.0"),
        ({"exempt_policies": ["arn:aws:iam::*:policy/*"]}, "exempt_policies.0"),
        ({"trusted_accounts": ["12"]}, "trusted_accounts.0"),
    ],
)
def test_what_would_bind_nobody_or_exempt_everybody_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        ManagementSettings.model_validate({**COMPLETE, **change})
