"""Scan plans, vector stores, knowledge bases and data sources, for the stand-ins of the documents' way."""

from typing import Any

from genai_defense.local.knowledge_base import INDEX
from genai_defense.local.malware_scan import PLANS
from genai_defense.local.provisioner import (
    Props,
    Provisioner,
    Result,
    account_and_region,
    physical_name,
    renamed,
    stable_hex,
)
from genai_defense.local.provisioners_recorded import Recorded
from genai_defense.local.service_call import client

_VECTORS = "arn:aws:s3vectors:{region}:{account}:bucket/"


def _api(value: Any) -> Any:
    """CloudFormation's names as the API writes them: with a small first letter."""
    return renamed(value, lambda key: key[:1].lower() + key[1:])


def _create_plan(logical_id: str, props: Props, stack_name: str) -> Result:
    account, region = account_and_region()
    plan_id = stable_hex(account, stack_name, logical_id, length=20)
    arn = f"arn:aws:guardduty:{region}:{account}:malware-protection-plan/{plan_id}"
    PLANS[props["ProtectedResource"]["S3Bucket"]["BucketName"]] = (props["Role"], arn)
    return plan_id, {"Arn": arn, "MalwareProtectionPlanId": plan_id, "Status": "ACTIVE"}


def _delete_plan(_physical_id: str, props: Props) -> None:
    PLANS.pop(props["ProtectedResource"]["S3Bucket"]["BucketName"], None)


def _create_knowledge_base(logical_id: str, props: Props, stack_name: str) -> Result:
    name = props.get("Name") or physical_name(stack_name, logical_id)
    made = client("bedrock-agent").create_knowledge_base(
        name=name,
        roleArn=props["RoleArn"],
        knowledgeBaseConfiguration=_api(props["KnowledgeBaseConfiguration"]),
        storageConfiguration=_api(props["StorageConfiguration"]),
    )["knowledgeBase"]
    identifier = made["knowledgeBaseId"]
    return identifier, {
        "KnowledgeBaseId": identifier,
        "KnowledgeBaseArn": made["knowledgeBaseArn"],
        "Status": made["status"],
    }


def _delete_knowledge_base(physical_id: str, _props: Props) -> None:
    client("bedrock-agent").delete_knowledge_base(knowledgeBaseId=physical_id)


def _create_data_source(logical_id: str, props: Props, stack_name: str) -> Result:
    base = props["KnowledgeBaseId"]
    made = client("bedrock-agent").create_data_source(
        knowledgeBaseId=base,
        name=props.get("Name") or physical_name(stack_name, logical_id),
        dataSourceConfiguration=_api(props["DataSourceConfiguration"]),
        dataDeletionPolicy=props.get("DataDeletionPolicy", "DELETE"),
    )["dataSource"]
    identifier = made["dataSourceId"]
    return f"{base}|{identifier}", {"DataSourceId": identifier, "DataSourceStatus": made["status"]}


def _delete_data_source(physical_id: str, _props: Props) -> None:
    base, _, identifier = physical_id.partition("|")
    INDEX.pop((base, identifier), None)
    client("bedrock-agent").delete_data_source(knowledgeBaseId=base, dataSourceId=identifier)


PROVISIONERS = {
    "AWS::Bedrock::DataSource": Provisioner(create=_create_data_source, delete=_delete_data_source),
    "AWS::Bedrock::KnowledgeBase": Provisioner(create=_create_knowledge_base, delete=_delete_knowledge_base),
    "AWS::GuardDuty::MalwareProtectionPlan": Provisioner(create=_create_plan, delete=_delete_plan),
    "AWS::S3Vectors::Index": Recorded(
        ref="{VectorBucketArn}/index/{name}", attributes={"IndexArn": "{ref}"}, name="IndexName"
    ).provisioner(),
    "AWS::S3Vectors::VectorBucket": Recorded(
        ref=_VECTORS + "{name}", attributes={"VectorBucketArn": "{ref}"}, name="VectorBucketName"
    ).provisioner(),
    "AWS::S3Vectors::VectorBucketPolicy": Recorded(ref="{VectorBucketArn}").provisioner(),
}
