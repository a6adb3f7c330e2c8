"""Bedrock and WAF resource types, held by the emulator's own services."""

from typing import Any

from genai_defense.local.provisioner import Props, Provisioner, Result, physical_name, picked, renamed
from genai_defense.local.service_call import client

_GUARDRAIL = (
    "Name", "Description", "TopicPolicyConfig", "ContentPolicyConfig", "WordPolicyConfig",
    "SensitiveInformationPolicyConfig", "ContextualGroundingPolicyConfig", "CrossRegionConfig",
    "BlockedInputMessaging", "BlockedOutputsMessaging",
)  # fmt: skip


# CloudFormation calls the tier differently in each policy, the API does not.
_API_NAMES = {"ContentFiltersTierConfig": "tierConfig", "TopicsTierConfig": "tierConfig"}


def camel(value: Any) -> Any:
    """CloudFormation's PascalCase property names as Bedrock's camelCase ones, values untouched."""
    return renamed(value, lambda key: _API_NAMES.get(key, key[:1].lower() + key[1:]))


def _create_guardrail(_logical_id: str, props: Props, _stack_name: str) -> Result:
    wanted: Props = camel(picked(props, *_GUARDRAIL))
    # The one property that the two APIs name differently.
    if cross_region := wanted.pop("crossRegionConfig", None):
        wanted["crossRegionConfig"] = {"guardrailProfileIdentifier": cross_region["guardrailProfileArn"]}
    if props.get("KmsKeyArn"):
        wanted["kmsKeyId"] = props["KmsKeyArn"]
    answer = client("bedrock").create_guardrail(**wanted)
    return answer["guardrailArn"], {
        "GuardrailArn": answer["guardrailArn"],
        "GuardrailId": answer["guardrailId"],
        "Version": "DRAFT",
        "Status": "READY",
    }


def _delete_guardrail(physical_id: str, _props: Props) -> None:
    client("bedrock").delete_guardrail(guardrailIdentifier=physical_id)


def _create_guardrail_version(_logical_id: str, props: Props, _stack_name: str) -> Result:
    described = {"description": props["Description"]} if props.get("Description") else {}
    answer = client("bedrock").create_guardrail_version(
        guardrailIdentifier=props["GuardrailIdentifier"], **described
    )
    guardrail = client("bedrock").get_guardrail(guardrailIdentifier=props["GuardrailIdentifier"])
    identity = {
        "GuardrailArn": guardrail["guardrailArn"],
        "GuardrailId": guardrail["guardrailId"],
        "Version": answer["version"],
    }
    return f"{guardrail['guardrailId']}|{answer['version']}", identity


def _create_profile(logical_id: str, props: Props, stack_name: str) -> Result:
    answer = client("bedrock").create_inference_profile(
        inferenceProfileName=props.get("InferenceProfileName") or physical_name(stack_name, logical_id),
        modelSource={"copyFrom": props["ModelSource"]["CopyFrom"]},
    )
    arn = answer["inferenceProfileArn"]
    return arn, {"InferenceProfileArn": arn, "InferenceProfileId": arn.rsplit("/", 1)[1], "Status": "ACTIVE"}


def _associate(_logical_id: str, props: Props, _stack_name: str) -> Result:
    client("wafv2").associate_web_acl(**picked(props, "WebACLArn", "ResourceArn"))
    return f"{props['WebACLArn']}|{props['ResourceArn']}", {}


def _waf_set(kind: str, create_call: str, delete_call: str, *names: str) -> Provisioner:
    def create(logical_id: str, props: Props, stack_name: str) -> Result:
        name = props.get("Name") or physical_name(stack_name, logical_id)
        wanted = picked(props, "Scope", "Description", *names)
        if "RegularExpressionList" in wanted:
            wanted["RegularExpressionList"] = [
                {"RegexString": text} for text in wanted["RegularExpressionList"]
            ]
        summary = getattr(client("wafv2"), create_call)(Name=name, **wanted)["Summary"]
        # Ref answers "name|id|scope", as on AWS.
        return f"{name}|{summary['Id']}|{props['Scope']}", {"Arn": summary["ARN"], "Id": summary["Id"]}

    def delete(physical_id: str, _props: Props) -> None:
        name, identifier, scope = physical_id.split("|")
        found = getattr(client("wafv2"), f"get_{kind}")(Name=name, Id=identifier, Scope=scope)
        getattr(client("wafv2"), delete_call)(
            Name=name, Id=identifier, Scope=scope, LockToken=found["LockToken"]
        )

    return Provisioner(create=create, delete=delete)


PROVISIONERS = {
    "AWS::Bedrock::ApplicationInferenceProfile": Provisioner(
        create=_create_profile,
        delete=lambda pid, _props: client("bedrock").delete_inference_profile(inferenceProfileIdentifier=pid),
    ),
    "AWS::Bedrock::Guardrail": Provisioner(create=_create_guardrail, delete=_delete_guardrail),
    # A version goes with its guardrail; the emulator has no call that deletes one.
    "AWS::Bedrock::GuardrailVersion": Provisioner(
        create=_create_guardrail_version, delete=lambda _pid, _props: None
    ),
    "AWS::WAFv2::IPSet": _waf_set(
        "ip_set", "create_ip_set", "delete_ip_set", "IPAddressVersion", "Addresses"
    ),
    "AWS::WAFv2::RegexPatternSet": _waf_set(
        "regex_pattern_set", "create_regex_pattern_set", "delete_regex_pattern_set", "RegularExpressionList"
    ),
    "AWS::WAFv2::WebACLAssociation": Provisioner(
        create=_associate,
        delete=lambda _pid, props: client("wafv2").disassociate_web_acl(ResourceArn=props["ResourceArn"]),
    ),
}
