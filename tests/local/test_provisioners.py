"""The adaptor fits the installed emulator, and says so loudly when it does not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.local import provisioners
from genai_defense.local.errors import LocalRunError
from genai_defense.local.provisioners_baseline import RECORDED as BASELINE
from genai_defense.local.provisioners_recorded import RECORDED
from genai_defense.local.repairs import REPAIRS, REPLACED, WRAPPED

Aws = Callable[[str], Any]

_VPC = {
    "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.9.0.0/16"}},
    "Subnet": {
        "Type": "AWS::EC2::Subnet",
        "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.9.1.0/24", "AvailabilityZone": "us-east-1b"},
    },
    "Group": {
        "Type": "AWS::EC2::SecurityGroup",
        "Properties": {"GroupDescription": "x", "VpcId": {"Ref": "Vpc"}},
    },
}


Deploy = Callable[[dict[str, Any], dict[str, Any]], dict[str, str]]


def _always(value: object) -> Callable[..., object]:
    return lambda *_: value  # pyright: ignore[reportUnknownLambdaType] - takes anything


def _get(logical_id: str, attribute: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [logical_id, attribute]}


def test_another_emulator_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioners, "version", _always("1.6.0"))
    with pytest.raises(LocalRunError, match=r"fits ministack 1\.5\.33, installed is 1\.6\.0"):
        provisioners.handler_table()


def test_a_moved_table_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioners, "emulator_module", _always(object()))
    with pytest.raises(LocalRunError, match="has no _RESOURCE_HANDLERS table"):
        provisioners.handler_table()


def test_the_installed_table_takes_the_additions() -> None:
    table = dict(provisioners.handler_table())
    provisioners.extend(table)
    assert table.keys() >= provisioners.ADDED.keys()


def test_no_type_is_added_twice() -> None:
    """A merge would let the last one win, silently."""
    parts = [
        value.PROVISIONERS for name, value in vars(provisioners).items() if name.startswith("provisioners_")
    ]
    assert parts
    assert sum(map(len, parts)) == len(provisioners.ADDED)


def test_a_type_that_the_emulator_learned_is_not_overridden() -> None:
    kind = next(iter(provisioners.ADDED))
    with pytest.raises(LocalRunError, match=f"handlers of its own for {kind}"):
        provisioners.extend({**provisioners.handler_table(), kind: {}})


@pytest.mark.parametrize("kind", [*REPAIRS, *REPLACED, *WRAPPED])
def test_a_type_that_the_emulator_lost_is_noticed(kind: str) -> None:
    table = dict(provisioners.handler_table())
    del table[kind]
    with pytest.raises(LocalRunError, match=f"lost its handlers for {kind}"):
        provisioners.extend(table)


def test_security_group_rules_reach_ec2(deploy: Deploy, aws: Aws) -> None:
    def rule(direction: str, peer: str) -> dict[str, Any]:
        ports = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
        properties = {"GroupId": {"Ref": "Group"}, **ports, peer: {"Ref": "Group"}}
        return {"Type": f"AWS::EC2::SecurityGroup{direction}", "Properties": properties}

    rules = {
        "In": rule("Ingress", "SourceSecurityGroupId"),
        "Out": rule("Egress", "DestinationSecurityGroupId"),
    }
    outputs = deploy({**_VPC, **rules}, {"Group": {"Ref": "Group"}, "Cidr": _get("Vpc", "CidrBlock")})
    assert outputs["Cidr"] == "10.9.0.0/16"
    group = aws("ec2").describe_security_groups(GroupIds=[outputs["Group"]])["SecurityGroups"][0]
    for permissions in (group["IpPermissions"], group["IpPermissionsEgress"]):
        assert any(
            pair["GroupId"] == outputs["Group"] for entry in permissions for pair in entry["UserIdGroupPairs"]
        )


def test_addresses_gateways_acls_and_flow_logs_reach_ec2(deploy: Deploy, aws: Aws) -> None:
    resources: dict[str, Any] = {
        **_VPC,
        "Ip": {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}},
        "Nat": {
            "Type": "AWS::EC2::NatGateway",
            "Properties": {"SubnetId": {"Ref": "Subnet"}, "AllocationId": _get("Ip", "AllocationId")},
        },
        "Log": {
            "Type": "AWS::EC2::FlowLog",
            "Properties": {
                "ResourceId": {"Ref": "Vpc"},
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogDestinationType": "s3",
                "LogDestination": "arn:aws:s3:::somewhere",
            },
        },
        "Acl": {"Type": "AWS::EC2::NetworkAcl", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        "Entry": {
            "Type": "AWS::EC2::NetworkAclEntry",
            "Properties": {
                "NetworkAclId": {"Ref": "Acl"},
                "RuleNumber": 100,
                "Protocol": -1,
                "RuleAction": "allow",
                "CidrBlock": "10.0.0.0/8",
            },
        },
        "Attach": {
            "Type": "AWS::EC2::SubnetNetworkAclAssociation",
            "Properties": {"SubnetId": {"Ref": "Subnet"}, "NetworkAclId": {"Ref": "Acl"}},
        },
    }
    outputs = deploy(resources, {"Nat": {"Ref": "Nat"}, "Log": {"Ref": "Log"}, "Acl": {"Ref": "Acl"}})
    ec2 = aws("ec2")
    assert ec2.describe_nat_gateways(NatGatewayIds=[outputs["Nat"]])["NatGateways"]
    assert ec2.describe_flow_logs(FlowLogIds=[outputs["Log"]])["FlowLogs"]
    entries = ec2.describe_network_acls(NetworkAclIds=[outputs["Acl"]])["NetworkAcls"][0]["Entries"]
    assert 100 in [entry["RuleNumber"] for entry in entries]


def test_a_firewall_has_an_endpoint_in_each_subnets_zone(deploy: Deploy) -> None:
    firewall = {
        "Rules": {
            "Type": "AWS::NetworkFirewall::RuleGroup",
            "Properties": {"RuleGroupName": "rules", "Type": "STATEFUL", "Capacity": 10},
        },
        "Policy": {
            "Type": "AWS::NetworkFirewall::FirewallPolicy",
            "Properties": {
                "FirewallPolicyName": "policy",
                "FirewallPolicy": {"Uses": _get("Rules", "RuleGroupArn")},
            },
        },
        "Wall": {
            "Type": "AWS::NetworkFirewall::Firewall",
            "Properties": {
                "FirewallName": "wall",
                "FirewallPolicyArn": {"Ref": "Policy"},
                "VpcId": {"Ref": "Vpc"},
                "SubnetMappings": [{"SubnetId": {"Ref": "Subnet"}}],
            },
        },
        "Logging": {
            "Type": "AWS::NetworkFirewall::LoggingConfiguration",
            "Properties": {"FirewallArn": {"Ref": "Wall"}, "LoggingConfiguration": {}},
        },
    }
    outputs = deploy({**_VPC, **firewall}, {"Endpoint": {"Fn::Select": [0, _get("Wall", "EndpointIds")]}})
    assert outputs["Endpoint"].startswith("us-east-1b:vpce-")


def test_a_guardrail_and_its_version_are_bedrocks_own(deploy: Deploy, aws: Aws) -> None:
    resources: dict[str, Any] = {
        "Rail": {
            "Type": "AWS::Bedrock::Guardrail",
            "Properties": {
                "Name": "rail",
                "BlockedInputMessaging": "no",
                "BlockedOutputsMessaging": "no",
                "CrossRegionConfig": {
                    "GuardrailProfileArn": "arn:aws:bedrock:us-east-1:1:guardrail-profile/us.guardrail.v1:0"
                },
                "ContentPolicyConfig": {
                    "ContentFiltersTierConfig": {"TierName": "STANDARD"},
                    "FiltersConfig": [{"Type": "HATE", "InputStrength": "HIGH", "OutputStrength": "HIGH"}],
                },
                "SensitiveInformationPolicyConfig": {
                    "PiiEntitiesConfig": [{"Type": "EMAIL", "Action": "BLOCK"}]
                },
            },
        },
        "Number": {
            "Type": "AWS::Bedrock::GuardrailVersion",
            "Properties": {"GuardrailIdentifier": _get("Rail", "GuardrailId")},
        },
    }
    outputs = deploy(resources, {"Id": _get("Rail", "GuardrailId"), "Version": _get("Number", "Version")})
    judged = aws("bedrock-runtime").apply_guardrail(
        guardrailIdentifier=outputs["Id"],
        guardrailVersion=outputs["Version"],
        source="OUTPUT",
        content=[{"text": {"text": "write to a@example.com"}}],
    )
    assert (outputs["Version"], judged["action"]) == ("1", "GUARDRAIL_INTERVENED")


def test_web_acl_parts_reach_waf(deploy: Deploy, aws: Aws) -> None:
    visibility = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "m"}
    stage = "arn:aws:apigateway:us-east-1::/restapis/abc/stages/v1"
    resources: dict[str, Any] = {
        "Ips": {
            "Type": "AWS::WAFv2::IPSet",
            "Properties": {"Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": ["192.0.2.0/24"]},
        },
        "Patterns": {
            "Type": "AWS::WAFv2::RegexPatternSet",
            "Properties": {"Scope": "REGIONAL", "RegularExpressionList": ["^a+$"]},
        },
        "Acl": {
            "Type": "AWS::WAFv2::WebACL",
            "Properties": {
                "Name": "acl",
                "Scope": "REGIONAL",
                "DefaultAction": {"Allow": {}},
                "VisibilityConfig": visibility,
            },
        },
        "Attach": {
            "Type": "AWS::WAFv2::WebACLAssociation",
            "Properties": {"WebACLArn": _get("Acl", "Arn"), "ResourceArn": stage},
        },
        "Log": {
            "Type": "AWS::WAFv2::LoggingConfiguration",
            "Properties": {"ResourceArn": _get("Acl", "Arn")},
        },
    }
    outputs = deploy(resources, {"Ips": {"Ref": "Ips"}, "Patterns": _get("Patterns", "Arn")})
    name, identifier, scope = outputs["Ips"].split("|")
    assert aws("wafv2").get_ip_set(Name=name, Id=identifier, Scope=scope)["IPSet"]["Addresses"] == [
        "192.0.2.0/24"
    ]
    assert aws("wafv2").get_web_acl_for_resource(ResourceArn=stage)["WebACL"]["Name"] == "acl"


def test_watching_services_hold_what_watches(deploy: Deploy, aws: Aws) -> None:
    resources: dict[str, Any] = {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}},
        "Trail": {
            "Type": "AWS::CloudTrail::Trail",
            "Properties": {
                "TrailName": "trail",
                "S3BucketName": {"Ref": "Bucket"},
                "IsLogging": True,
                "EnableLogFileValidation": "true",
                "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True}],
            },
        },
        "Alarm": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                "AlarmName": "math",
                "ComparisonOperator": "GreaterThanThreshold",
                "EvaluationPeriods": 1,
                "Threshold": 1,
                "Metrics": [{"Id": "e", "Expression": "m1 + 1"}],
            },
        },
        "Composite": {
            "Type": "AWS::CloudWatch::CompositeAlarm",
            "Properties": {"AlarmName": "both", "AlarmRule": "FALSE", "ActionsEnabled": "false"},
        },
        "Budget": {
            "Type": "AWS::Budgets::Budget",
            "Properties": {
                "Budget": {
                    "BudgetName": "month",
                    "BudgetType": "COST",
                    "TimeUnit": "MONTHLY",
                    "BudgetLimit": {"Amount": 5, "Unit": "USD"},
                }
            },
        },
    }
    outputs = deploy(resources, {"Math": _get("Alarm", "Arn"), "Trail": _get("Trail", "Arn")})
    assert outputs["Math"].endswith(":alarm:math")
    assert aws("cloudtrail").get_trail_status(Name=outputs["Trail"])["IsLogging"] is True
    assert aws("cloudtrail").get_trail(Name="trail")["Trail"]["LogFileValidationEnabled"] is True
    composite = aws("cloudwatch").describe_alarms(AlarmNames=["both"], AlarmTypes=["CompositeAlarm"])
    assert composite["CompositeAlarms"][0]["AlarmRule"] == "FALSE"
    account = aws("sts").get_caller_identity()["Account"]
    assert (
        aws("budgets").describe_budget(AccountId=account, BudgetName="month")["Budget"]["BudgetLimit"]["Unit"]
        == "USD"
    )


def test_a_backup_selection_is_in_its_plan(deploy: Deploy, aws: Aws) -> None:
    resources: dict[str, Any] = {
        "Vault": {"Type": "AWS::Backup::BackupVault", "Properties": {"BackupVaultName": "vault"}},
        "Plan": {
            "Type": "AWS::Backup::BackupPlan",
            "Properties": {
                "BackupPlan": {
                    "BackupPlanName": "plan",
                    "BackupPlanRule": [{"RuleName": "daily", "TargetBackupVault": {"Ref": "Vault"}}],
                }
            },
        },
        "Selection": {
            "Type": "AWS::Backup::BackupSelection",
            "Properties": {
                "BackupPlanId": {"Ref": "Plan"},
                "BackupSelection": {
                    "SelectionName": "tables",
                    "IamRoleArn": "arn:aws:iam::123456789012:role/b",
                },
            },
        },
    }
    outputs = deploy(resources, {"Plan": {"Ref": "Plan"}, "Selection": _get("Selection", "SelectionId")})
    found = aws("backup").get_backup_selection(BackupPlanId=outputs["Plan"], SelectionId=outputs["Selection"])
    assert found["BackupSelection"]["SelectionName"] == "tables"


def test_a_locked_bucket_locks_and_names_its_key(deploy: Deploy, aws: Aws) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/1"
    default = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    bucket = {
        "Bucket": {
            "Type": "AWS::S3::Bucket",
            "DeletionPolicy": "Retain",
            "Properties": {
                "ObjectLockEnabled": True,
                "ObjectLockConfiguration": {
                    "ObjectLockEnabled": "Enabled",
                    "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": "2"}},
                },
                "BucketEncryption": {"ServerSideEncryptionConfiguration": [default]},
            },
        }
    }
    name = deploy(bucket, {"Name": {"Ref": "Bucket"}})["Name"]
    s3 = aws("s3")
    version = s3.put_object(Bucket=name, Key="audit/1.json", Body=b"{}")["VersionId"]
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=name, Key="audit/1.json", VersionId=version)
    rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key


def test_every_recorded_type_answers_with_an_id_and_its_attributes(deploy: Deploy) -> None:
    properties = {
        "ClientId": "client",
        "FirewallArn": "arn:aws:network-firewall:us-east-1:1:firewall/x",
        "ResourceArn": "arn:aws:wafv2:us-east-1:1:x",
        "UserPoolId": "pool",
    }
    resources: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    for number, (kind, recorded) in enumerate(sorted({**RECORDED, **BASELINE}.items())):
        resources[f"R{number}"] = {"Type": kind, "Properties": properties}
        outputs[f"Ref{number}"] = {"Ref": f"R{number}"}
        outputs |= {
            f"R{number}{attribute}": _get(f"R{number}", attribute) for attribute in recorded.attributes
        }
    answered = deploy(resources, outputs)
    assert answered.keys() == outputs.keys()
    assert all(value and "{" not in value for value in answered.values())


def test_an_update_replaces(deploy: Deploy, aws: Aws) -> None:
    group: dict[str, Any] = {
        "Set": {
            "Type": "AWS::WAFv2::IPSet",
            "Properties": {"Name": "one", "Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": []},
        }
    }
    stack = deploy(group, {"Stack": {"Ref": "AWS::StackName"}})["Stack"]
    group["Set"]["Properties"]["Addresses"] = ["198.51.100.0/24"]
    cloudformation = aws("cloudformation")
    cloudformation.update_stack(StackName=stack, TemplateBody=json.dumps({"Resources": group}))
    assert cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"] == "UPDATE_COMPLETE"
    found = [
        entry for entry in aws("wafv2").list_ip_sets(Scope="REGIONAL")["IPSets"] if entry["Name"] == "one"
    ]
    assert len(found) == 1
    assert aws("wafv2").get_ip_set(Name="one", Id=found[0]["Id"], Scope="REGIONAL")["IPSet"]["Addresses"]
