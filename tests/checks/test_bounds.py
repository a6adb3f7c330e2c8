"""Limits have a default and a range, and whoever sets one is heard by every rule that reads it."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from genai_defense.checks.answer import Compliant, NonCompliant
from genai_defense.checks.bounds import DEFAULT_BOUNDS, Bounds, bounds_from
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.plugin import OwaspLlm
from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.cli import app

_GROUNDING = [{"Type": kind, "Threshold": 0.6, "Action": "BLOCK"} for kind in ("GROUNDING", "RELEVANCE")]
_RATE = {"RateBasedStatement": {"AggregateKeyType": "IP", "Limit": 2000}}
_SIZE = {
    "SizeConstraintStatement": {
        "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}},
        "ComparisonOperator": "GT",
        "Size": 16_384,
    }
}
_CALLER_ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "Policies": [
            {
                "PolicyDocument": {
                    "Statement": [{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}]
                }
            }
        ]
    },
}
_THROTTLED = {"DefaultRouteSettings": {"ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 100}}
_TEXT = {"Schema": {"type": "string", "maxLength": 4000}}
_ENVIRONMENT = {"Environment": {"Variables": {"MAX_TOKENS": "4000"}}}
_PINNED = {
    "ResponseHeadersPolicyConfig": {
        "SecurityHeadersConfig": {"StrictTransportSecurity": {"AccessControlMaxAgeSec": 31_536_000}}
    }
}

# Bound, a stricter value, rule, type and properties that keep the default and break the stricter value.
_BUDGET = {"BudgetType": "COST", "BudgetLimit": {"Amount": 500, "Unit": "USD"}}
_ALARM = {"MetricName": "Errors", "Threshold": 100, "ComparisonOperator": "GreaterThanThreshold"}
_READ: list[tuple[str, float, str, str, dict[str, Any]]] = [
    ("role_session_seconds", 3600, "RoleSessionEnds", "AWS::IAM::Role", {"MaxSessionDuration": 7200}),
    ("log_days_least", 90, "LogGroupExpires", "AWS::Logs::LogGroup", {"RetentionInDays": 30}),
    (
        "grounding",
        0.7,
        "GuardrailChecksGrounding",
        "AWS::Bedrock::Guardrail",
        {"ContextualGroundingPolicyConfig": {"FiltersConfig": _GROUNDING}},
    ),
    (
        "access_token_minutes",
        30,
        "UserPoolClientBoundsTokenLifetimes",
        "AWS::Cognito::UserPoolClient",
        {"RefreshTokenValidity": 1},
    ),
    (
        "refresh_token_minutes",
        60,
        "UserPoolClientBoundsTokenLifetimes",
        "AWS::Cognito::UserPoolClient",
        {"RefreshTokenValidity": 1},
    ),
    (
        "password_length",
        16,
        "UserPoolRequiresLongPasswords",
        "AWS::Cognito::UserPool",
        {"Policies": {"PasswordPolicy": {"MinimumLength": 12}}},
    ),
    (
        "https_pin_seconds",
        63_072_000,
        "DistributionPinsHttps",
        "AWS::CloudFront::Distribution",
        {"DistributionConfig": {"DefaultCacheBehavior": {"ResponseHeadersPolicyId": {"Ref": "Headers"}}}},
    ),
    ("api_rate", 50, "ApiStageThrottles", "AWS::ApiGatewayV2::Stage", _THROTTLED),
    (
        "client_rate",
        1000,
        "WebAclLimitsRates",
        "AWS::WAFv2::WebACL",
        {"Rules": [{"Action": {"Block": {}}, "Statement": _RATE}]},
    ),
    (
        "body_bytes",
        8192,
        "WebAclLimitsBodySize",
        "AWS::WAFv2::WebACL",
        {"Rules": [{"Action": {"Block": {}}, "Statement": _SIZE}]},
    ),
    ("text_characters", 2000, "ApiModelBoundsItsTexts", "AWS::ApiGateway::Model", _TEXT),
    (
        "concurrency",
        10,
        "ModelCallerIsBounded",
        "AWS::Lambda::Function",
        {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "ReservedConcurrentExecutions": 20},
    ),
    ("answer_tokens", 2000, "TokenLimitIsBounded", "AWS::Lambda::Function", _ENVIRONMENT),
    (
        "agent_session_seconds",
        600,
        "AgentSessionEnds",
        "AWS::Bedrock::Agent",
        {"IdleSessionTTLInSeconds": 900},
    ),
    ("memory_days", 7, "AgentMemoryExpires", "AWS::BedrockAgentCore::Memory", {"EventExpiryDuration": 30}),
    ("log_days", 30, "LogGroupExpires", "AWS::Logs::LogGroup", {"RetentionInDays": 365}),
    ("key_deletion_days", 30, "KeyCanBeRescued", "AWS::KMS::Key", {"PendingWindowInDays": 14}),
    ("budget_usd", 100, "BudgetIsBounded", "AWS::Budgets::Budget", {"Budget": _BUDGET}),
    (
        "budget_warning_percent",
        50,
        "BudgetWarnsInTime",
        "AWS::Budgets::Budget",
        {"NotificationsWithSubscribers": [{"Notification": {"Threshold": 80}}]},
    ),
    ("alarm_count", 10, "AlarmCanGoOff", "AWS::CloudWatch::Alarm", _ALARM),
    (
        "backup_days",
        30,
        "DatabaseSurvives",
        "AWS::RDS::DBCluster",
        {"DeletionProtection": True, "BackupRetentionPeriod": 14},
    ),
    *(
        (
            bound,
            20,
            "EnvironmentLimitsHold",
            "AWS::Lambda::Function",
            {"Environment": {"Variables": {name: value}}},
        )
        for bound, name, value in (
            ("daily_tokens", "TOKENS_PER_DAY", "500"),
            ("daily_uses", "REQUESTS_PER_DAY", "500"),
            ("hourly_uses", "REQUESTS_PER_HOUR", "50"),
            ("history_turns", "HISTORY_TURNS", "50"),
            ("document_pages", "MAX_PAGES", "50"),
            ("document_megabytes", "MAX_DOCUMENT_MB", "50"),
            ("waiting_minutes", "APPROVAL_MINUTES", "50"),
            ("kept_days", "CONVERSATION_DAYS", "50"),
            ("offences", "BLOCK_AFTER", "50"),
        )
    ),
]


def _template(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    headers = {"Type": "AWS::CloudFront::ResponseHeadersPolicy", "Properties": _PINNED}
    subject = {"Type": kind, "Properties": properties}
    return {"Resources": {"Subject": subject, "Role": _CALLER_ROLE, "Headers": headers}}


@pytest.mark.parametrize(
    ("bound", "stricter", "rule_id", "kind", "properties"), _READ, ids=lambda v: str(v)[:30]
)
def test_a_rule_reads_its_bound(
    bound: str, stricter: float, rule_id: str, kind: str, properties: dict[str, Any]
) -> None:
    (rule,) = (rule for rule in OWASP_LLM.rules if rule.id == f"OwaspLlm-{rule_id}")
    for bounds, answer in (
        (DEFAULT_BOUNDS, Compliant),
        (bounds_from({bound: stricter}), NonCompliant),
    ):
        graph = TemplateGraph([Template("t", _template(kind, properties))], bounds=bounds)
        (subject,) = (one for one in graph.of_type(kind) if one.logical_id == "Subject")
        assert isinstance(rule.check(subject, graph), answer)


def test_every_bound_is_read_and_documented() -> None:
    names = {field.name for field in fields(Bounds)}
    assert {bound for bound, *_ in _READ} == names
    assert all(f"        {name}: " in (Bounds.__doc__ or "") for name in names)


@pytest.mark.parametrize("field", fields(Bounds), ids=lambda field: field.name)
def test_a_bound_outside_its_range_is_refused(field: Any) -> None:
    for value in (field.metadata["least"] - 1, field.metadata["most"] + 1, True, "5"):
        with pytest.raises(ValueError, match=f"The bound {field.name} is .*give a"):
            bounds_from({field.name: value})
    assert bounds_from({field.name: field.metadata["most"]}) != Bounds(
        **{field.name: field.metadata["least"]}
    )


def test_an_unknown_bound_is_refused() -> None:
    with pytest.raises(ValueError, match=r"There is no bound grounds\. The bounds are grounding, "):
        bounds_from({"grounds": 0.5})


def test_the_command_takes_bounds(tmp_path: Path) -> None:
    template, bounds = tmp_path / "template.json", tmp_path / "bounds.json"
    template.write_text(json.dumps(_template("AWS::KMS::Key", {"PendingWindowInDays": 14})))
    bounds.write_text('{"key_deletion_days": 30}')

    def findings(*arguments: object) -> str:
        run = CliRunner().invoke(app, ["check", str(template), *map(str, arguments)])
        assert run.exit_code != 2
        return run.stdout

    assert "KeyCanBeRescued" not in findings()
    assert "KeyCanBeRescued" in findings("--bounds", bounds)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"grounds": 1}', "There is no bound grounds."),
        ('{"grounding": 7}', "give a number from 0"),
        ('{"grounding"', "not readable as JSON"),
        ("[]", "this is not"),
    ],
)
def test_unusable_bounds_are_one_line_and_exit_code_two(tmp_path: Path, content: str, message: str) -> None:
    template, bounds = tmp_path / "template.json", tmp_path / "bounds.json"
    template.write_text(json.dumps(_template("AWS::KMS::Key", {})))
    bounds.write_text(content)
    run = CliRunner().invoke(app, ["check", str(template), "--bounds", str(bounds)])
    assert (run.exit_code, run.stdout) == (2, "")
    assert message in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_the_plugin_takes_bounds(tmp_path: Path) -> None:
    class Context:
        """What the CDK hands a plugin."""

        template_paths = (str(tmp_path / "Shop.template.json"),)

    template = _template("AWS::KMS::Key", {"PendingWindowInDays": 14, "EnableKeyRotation": True})
    (tmp_path / "Shop.template.json").write_text(json.dumps(template))
    context: Any = Context()
    strict = OwaspLlm(bounds=Bounds(key_deletion_days=30)).validate(context).violations
    usual = OwaspLlm().validate(context).violations
    assert {one.rule_name for one in strict} - {one.rule_name for one in usual} == {
        "OwaspLlm-KeyCanBeRescued"
    }
