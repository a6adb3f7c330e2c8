"""The kit's controls as rules of AWS Config, which watch what was changed behind the templates' back."""

import json
from typing import Any, Final

from aws_cdk import CfnResource
from aws_cdk import aws_config as config
from constructs import Construct

# A name in the pack to AWS's managed rule and its parameters.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html (read
# 2026-11-24).
RULES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "ApiHasWebAcl": ("API_GW_ASSOCIATED_WITH_WAF", {}),
    "ApiIsTraced": ("API_GW_XRAY_ENABLED", {}),
    "BucketIsNotPublic": ("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", {}),
    "BucketTakesTlsOnly": ("S3_BUCKET_SSL_REQUESTS_ONLY", {}),
    "BucketIsVersioned": ("S3_BUCKET_VERSIONING_ENABLED", {}),
    "DetectorCoversLambda": ("GUARDDUTY_LAMBDA_PROTECTION_ENABLED", {}),
    "DetectorCoversS3": ("GUARDDUTY_S3_PROTECTION_ENABLED", {}),
    "DetectorIsOn": ("GUARDDUTY_ENABLED_CENTRALIZED", {}),
    "FunctionIsInVpc": ("LAMBDA_INSIDE_VPC", {}),
    "FunctionIsNotPublic": ("LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED", {}),
    "KeyIsNotScheduledForDeletion": ("KMS_CMK_NOT_SCHEDULED_FOR_DELETION", {}),
    "KeyRotates": ("CMK_BACKING_KEY_ROTATION_ENABLED", {}),
    "LogGroupExpires": ("CW_LOGGROUP_RETENTION_PERIOD_CHECK", {"MinRetentionTime": "30"}),
    "LogGroupIsEncrypted": ("CLOUDWATCH_LOG_GROUP_ENCRYPTED", {}),
    "NobodyIsAdministratorByPolicy": ("IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS", {}),
    "RecoveryPointIsNotDeletedByHand": ("BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED", {}),
    "TableHasPointInTimeRecovery": ("DYNAMODB_PITR_ENABLED", {}),
    "TableIsEncrypted": ("DYNAMODB_TABLE_ENCRYPTED_KMS", {}),
    "TrailCoversAllRegions": ("MULTI_REGION_CLOUD_TRAIL_ENABLED", {}),
    "TrailIsEncrypted": ("CLOUD_TRAIL_ENCRYPTION_ENABLED", {}),
    "TrailIsValidated": ("CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", {}),
}


class ControlConformance(Construct):
    """A conformance pack with the rules of AWS that match this kit's controls.

    It reports and changes nothing. Config evaluates only where a recorder is; the pack fails to deploy
    without one. AWS has no managed rule for a guardrail or the log of model invocations: the templates' own
    checks, the control policies and GuardDuty watch those.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        recorder: The recorder, when the same stack makes it. Default: the account has one.

    Attributes:
        pack: The conformance pack.

    Source: https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str, *, recorder: CfnResource | None = None) -> None:
        super().__init__(scope, construct_id)
        self.pack = config.CfnConformancePack(
            self,
            "Pack",
            conformance_pack_name="genai-defense",
            template_body=json.dumps({"Resources": {name: _rule(name) for name in RULES}}, sort_keys=True),
        )
        if recorder is not None:
            self.pack.node.add_dependency(recorder)


def _rule(name: str) -> dict[str, Any]:
    identifier, parameters = RULES[name]
    return {
        "Type": "AWS::Config::ConfigRule",
        "Properties": {
            "ConfigRuleName": name,
            "Source": {"Owner": "AWS", "SourceIdentifier": identifier},
            **({"InputParameters": parameters} if parameters else {}),
        },
    }
