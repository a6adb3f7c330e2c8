"""A conformance pack that means to cover a deployment covers it."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.policy import wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_BODY = "TemplateBody"
_IDENTIFIER = re.compile(r"SourceIdentifier[\"']?\s*:\s*[\"']?([A-Z0-9_]+)")
# Type to the managed rules that look after what an attacker changes first there.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
# (read 2026-11-24).
_CALLED_FOR = {
    "AWS::ApiGateway::Stage": ("API_GW_ASSOCIATED_WITH_WAF", "API_GW_XRAY_ENABLED"),
    "AWS::Backup::BackupVault": ("BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED",),
    "AWS::CloudTrail::Trail": (
        "CLOUD_TRAIL_ENCRYPTION_ENABLED",
        "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
        "MULTI_REGION_CLOUD_TRAIL_ENABLED",
    ),
    "AWS::DynamoDB::Table": ("DYNAMODB_PITR_ENABLED", "DYNAMODB_TABLE_ENCRYPTED_KMS"),
    "AWS::IAM::ManagedPolicy": ("IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",),
    "AWS::KMS::Key": ("CMK_BACKING_KEY_ROTATION_ENABLED", "KMS_CMK_NOT_SCHEDULED_FOR_DELETION"),
    "AWS::Lambda::Function": (
        "GUARDDUTY_ENABLED_CENTRALIZED",
        "GUARDDUTY_LAMBDA_PROTECTION_ENABLED",
        "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
        "LAMBDA_INSIDE_VPC",
    ),
    "AWS::Logs::LogGroup": ("CLOUDWATCH_LOG_GROUP_ENCRYPTED", "CW_LOGGROUP_RETENTION_PERIOD_CHECK"),
    "AWS::S3::Bucket": (
        "GUARDDUTY_S3_PROTECTION_ENABLED",
        "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
        "S3_BUCKET_SSL_REQUESTS_ONLY",
        "S3_BUCKET_VERSIONING_ENABLED",
    ),
}
_MOST = 2 / 3


@rule(
    id="OwaspLlm-ConformancePackLeavesNoGap",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The conformance pack checks most of what the deployment has, and leaves something out.",
    explanation="A setting that is changed by hand after the deployment is not noticed, where all rely"
    " on the pack to notice it.",
    remedy="Add the managed rules that are named, or acknowledge who else checks it.",
    source=Source(
        "https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "ID.AM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Config::ConformancePack",),
)
def conformance_pack_leaves_no_gap(pack: Resource, graph: TemplateGraph) -> Answer:
    """A pack with less than two thirds of what is called for has another purpose, and is not asked."""
    body = pack.get(_BODY)
    if isinstance(body, Unresolved):
        return Unknown(_BODY, body.why)
    has = set(_IDENTIFIER.findall(wildcards(body) if body is not None else ""))
    called = {
        identifier: resource_type
        for resource_type, identifiers in _CALLED_FOR.items()
        if next(graph.of_type(resource_type), None)
        for identifier in identifiers
    }
    missing = [identifier for identifier in called if identifier not in has]
    if not called or len(called) - len(missing) < _MOST * len(called):
        return NotApplicable()
    if missing:
        return worst(
            NonCompliant(_BODY, f"{identifier} is missing, and there is an {called[identifier]}")
            for identifier in missing
        )
    return Compliant(f"{len(called)} rules look after what the deployment has")
