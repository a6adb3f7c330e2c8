"""What the emulator's CloudFormation drops although its services know it, put back after its handlers."""

from collections.abc import Callable
from typing import Any

from genai_defense.local import repairs_api
from genai_defense.local.network_path import record_endpoint, record_function
from genai_defense.local.provisioner import (
    Props,
    Provisioner,
    Result,
    account_and_region,
    physical_name,
    typed,
)
from genai_defense.local.service_call import client
from genai_defense.local.stage_filter import record_inspection

Repair = Callable[[str, Props], dict[str, Any]]


def _lock(name: str, props: Props) -> None:
    wanted: Props = {"ObjectLockEnabled": "Enabled"}
    rule = props.get("ObjectLockConfiguration", {}).get("Rule")
    if rule:
        retention = rule["DefaultRetention"]
        span = {unit: int(retention[unit]) for unit in ("Days", "Years") if unit in retention}
        wanted["Rule"] = {"DefaultRetention": {"Mode": retention["Mode"], **span}}
    # Locking needs versions: CloudFormation turns them on with it.
    client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    client("s3").put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=wanted)


def _encrypt(name: str, rules: list[Props]) -> None:
    account, region = account_and_region()
    # A rule without a key means S3's own key on AWS; the emulator wants it named.
    own_key = {"KMSMasterKeyID": f"arn:aws:kms:{region}:{account}:alias/aws/s3"}
    wanted = [
        {
            "ApplyServerSideEncryptionByDefault": {
                **(own_key if rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms" else {}),
                **rule["ServerSideEncryptionByDefault"],
            },
            "BucketKeyEnabled": bool(typed(rule.get("BucketKeyEnabled", False))),
        }
        for rule in rules
    ]
    client("s3").put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": wanted})


def repair_bucket(name: str, props: Props) -> dict[str, Any]:
    """Object Lock and default encryption of a bucket."""
    if typed(props.get("ObjectLockEnabled", False)):
        _lock(name, props)
    rules = props.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", [])
    if rules:
        _encrypt(name, rules)
    return {}


def repair_method(_physical_id: str, props: Props) -> dict[str, Any]:
    """The request validator of an API method: without it every body passes."""
    validator = props.get("RequestValidatorId")
    if validator:
        client("apigateway").update_method(
            restApiId=props["RestApiId"],
            resourceId=props["ResourceId"],
            httpMethod=props["HttpMethod"],
            patchOperations=[{"op": "replace", "path": "/requestValidatorId", "value": validator}],
        )
    return {}


def repair_vpc(_physical_id: str, props: Props) -> dict[str, Any]:
    """The attribute `CidrBlock`."""
    return {"CidrBlock": props["CidrBlock"], "CidrBlockAssociations": []}


def _create_validator(_logical_id: str, props: Props, _stack_name: str) -> Result:
    flags = {
        flag[:1].lower() + flag[1:]: bool(typed(props.get(flag, False)))
        for flag in ("ValidateRequestBody", "ValidateRequestParameters")
    }
    answer = client("apigateway").create_request_validator(
        restApiId=props["RestApiId"], name=props.get("Name", ""), **flags
    )
    return answer["id"], {"RequestValidatorId": answer["id"]}


def _delete_validator(physical_id: str, props: Props) -> None:
    client("apigateway").delete_request_validator(
        restApiId=props["RestApiId"], requestValidatorId=physical_id
    )


REPAIRS: dict[str, Repair] = {
    **repairs_api.REPAIRS,
    "AWS::ApiGateway::Method": repair_method,
    "AWS::EC2::VPC": repair_vpc,
    "AWS::EC2::VPCEndpoint": record_endpoint,
    "AWS::Lambda::Function": record_function,
    "AWS::S3::Bucket": repair_bucket,
    "AWS::WAFv2::WebACL": record_inspection,
}
# The emulator's own handler of this type invents an id that its API never hears of.
REPLACED = {
    "AWS::ApiGateway::RequestValidator": Provisioner(create=_create_validator, delete=_delete_validator),
}


def recorded_metric_math(original: dict[str, Any]) -> dict[str, Any]:
    """The emulator's alarm handlers, with metric math recorded: its CloudWatch cannot evaluate that."""

    def create(logical_id: str, props: Props, stack_name: str) -> Result:
        if not props.get("Metrics"):
            created: Result = original["create"](logical_id, props, stack_name)
            return created
        account, region = account_and_region()
        name = props.get("AlarmName") or physical_name(stack_name, logical_id)
        return name, {"Arn": f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}"}

    def delete(physical_id: str, props: Props) -> None:
        if not props.get("Metrics"):
            original["delete"](physical_id, props)

    return Provisioner(create=create, delete=delete).handlers()


WRAPPED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    **repairs_api.WRAPPED,
    "AWS::CloudWatch::Alarm": recorded_metric_math,
}


def repaired(original: dict[str, Any], repair: Repair) -> dict[str, Any]:
    """The emulator's own handlers of a type, with a repair behind create and update."""

    def create(logical_id: str, props: Props, stack_name: str) -> Result:
        physical_id, attributes = original["create"](logical_id, props, stack_name)
        return physical_id, {**attributes, **repair(physical_id, props)}

    def update(physical_id: str, old: Props, new: Props, stack_name: str, *logical_id: str) -> Result:
        updated, attributes = original["update"](physical_id, old, new, stack_name, *logical_id)
        return updated, {**attributes, **repair(updated, new)}

    return {**original, "create": create, "update": update}
