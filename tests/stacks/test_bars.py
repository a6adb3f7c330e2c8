"""What must hold over all stacks of a profile, whatever each construct promises by itself."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Resources = Callable[[str], list[dict[str, Any]]]
TemplateOf = Callable[[str], dict[str, Any]]


def _is_boundary(policy: dict[str, Any]) -> bool:
    return str(policy["Properties"].get("Description", "")).startswith("Permissions boundary")


def _boundaries(resources: Resources) -> list[list[dict[str, Any]]]:
    return [
        policy["Properties"]["PolicyDocument"]["Statement"]
        for policy in resources("AWS::IAM::ManagedPolicy")
        if _is_boundary(policy)
    ]


def _statements(resources: Resources) -> Iterator[dict[str, Any]]:
    """What roles are granted; a boundary grants nothing."""
    for kind in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"):
        for policy in resources(kind):
            if not _is_boundary(policy):
                yield from policy["Properties"]["PolicyDocument"]["Statement"]
    for role in resources("AWS::IAM::Role"):
        for policy in role["Properties"].get("Policies", []):
            yield from policy["PolicyDocument"]["Statement"]


def _actions(statement: dict[str, Any]) -> list[str]:
    actions = statement.get("Action", [])
    return [actions] if isinstance(actions, str) else actions


def test_no_role_carries_an_inline_policy(resources: Resources) -> None:
    assert resources("AWS::IAM::Policy") == []
    assert all("Policies" not in role["Properties"] for role in resources("AWS::IAM::Role"))


def test_no_allowed_action_is_a_wildcard(resources: Resources) -> None:
    allowed = [
        action for entry in _statements(resources) if entry["Effect"] == "Allow" for action in _actions(entry)
    ]
    assert allowed
    assert [action for action in allowed if "*" in action] == []


def test_every_permission_to_invoke_a_model_carries_guardrail_version_and_endpoint(
    resources: Resources,
) -> None:
    invoking = [
        entry
        for entry in _statements(resources)
        if entry["Effect"] == "Allow"
        and any(action.startswith("bedrock:Invoke") for action in _actions(entry))
    ]
    assert invoking
    for entry in invoking:
        condition = entry["Condition"]["StringEquals"]
        assert "bedrock:GuardrailIdentifier" in condition
        assert "aws:SourceVpce" in condition
        assert entry["Resource"] != "*"


def test_no_bedrock_permission_names_every_resource(resources: Resources) -> None:
    """But for the account's own logging setting, which is no resource."""
    wide = {
        action
        for entry in [*_statements(resources), *(e for entries in _boundaries(resources) for e in entries)]
        if entry["Effect"] == "Allow" and entry["Resource"] == "*"
        for action in _actions(entry)
        if action.startswith("bedrock")
    }
    assert {action for action in wide if not action.endswith("ModelInvocationLoggingConfiguration")} == set()


def test_every_role_has_a_permissions_boundary(resources: Resources) -> None:
    roles = resources("AWS::IAM::Role")
    assert len(roles) >= 7
    assert [role for role in roles if "PermissionsBoundary" not in role["Properties"]] == []
    assert resources("AWS::IAM::User") == []


def test_a_boundary_lets_through_what_is_granted_and_no_model_without_its_guardrail(
    resources: Resources,
) -> None:
    granted = {
        action for entry in _statements(resources) if entry["Effect"] == "Allow" for action in _actions(entry)
    }
    boundaries = _boundaries(resources)
    assert boundaries
    passed = {
        action
        for statements in boundaries
        for entry in statements
        if entry["Effect"] == "Allow"
        for action in _actions(entry)
    }
    assert granted <= passed
    for statements in boundaries:
        for entry in statements:
            if entry["Effect"] == "Allow" and any(a.startswith("bedrock:Invoke") for a in _actions(entry)):
                assert "bedrock:GuardrailIdentifier" in entry["Condition"]["StringEquals"]
        assert statements[-1]["Effect"] == "Deny"
        assert {"bedrock:UpdateGuardrail", "cloudtrail:StopLogging"} <= set(statements[-1]["Action"])
    # The keeper of the invocation log hands one role to Bedrock; its boundary names that one action.
    assert sum("iam:*" not in statements[-1]["Action"] for statements in boundaries) <= 1


def _deployed(value: Any) -> Any:
    """A policy as IAM gets it: what only a deployment knows is as long as an ARN may be."""
    if isinstance(value, list):
        listed: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return [_deployed(entry) for entry in listed]
    if not isinstance(value, dict):
        return value
    fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
    if "Fn::Join" in value:
        return "".join(_deployed(part) for part in fields["Fn::Join"][1])
    if fields == {"Ref": "AWS::AccountId"}:
        return "1" * 12
    if any(key == "Ref" or key.startswith("Fn::") for key in fields):
        return "999" if "'Version'" in str(fields) else "x" * 90
    return {key: _deployed(entry) for key, entry in fields.items()}


def test_no_policy_is_longer_than_iam_takes(resources: Resources) -> None:
    # Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (read 2026-11-24).
    lengths = {
        len(json.dumps(_deployed(policy["Properties"]["PolicyDocument"]), separators=(",", ":")))
        for policy in resources("AWS::IAM::ManagedPolicy")
    }
    assert max(lengths) <= 6144


def test_every_endpoint_has_a_policy_of_its_own(resources: Resources) -> None:
    endpoints = resources("AWS::EC2::VPCEndpoint")
    assert len(endpoints) >= 8
    for endpoint in endpoints:
        for entry in endpoint["Properties"]["PolicyDocument"]["Statement"]:
            assert not any("*" in action for action in _actions(entry))
            assert entry["Resource"] != "*"


def test_without_egress_there_is_no_route_at_all(resources: Resources, profile: str) -> None:
    ways_out = ("AWS::EC2::InternetGateway", "AWS::EC2::NatGateway", "AWS::NetworkFirewall::Firewall")
    if profile == "dev":
        assert resources("AWS::EC2::Route") == []
        assert [resource for kind in ways_out for resource in resources(kind)] == []
    else:
        assert all(resources(kind) for kind in ways_out)


def test_an_application_subnet_leaves_through_the_firewall_only(template_of: TemplateOf) -> None:
    network = template_of("Network")["Resources"]
    tables = {
        json.dumps(entry["Properties"]["RouteTableId"])
        for name, entry in network.items()
        if entry["Type"] == "AWS::EC2::SubnetRouteTableAssociation" and name.startswith("NetworkApplication")
    }
    assert len(tables) >= 2
    for entry in network.values():
        if entry["Type"] == "AWS::EC2::Route" and json.dumps(entry["Properties"]["RouteTableId"]) in tables:
            target = set(entry["Properties"]) - {"RouteTableId", "DestinationCidrBlock"}
            assert target == {"VpcEndpointId"}
            assert "EndpointIds" in json.dumps(entry["Properties"]["VpcEndpointId"])


def test_every_store_is_encrypted_by_a_key_of_ours(resources: Resources) -> None:
    for table in resources("AWS::DynamoDB::Table"):
        assert table["Properties"]["SSESpecification"]["SSEType"] == "KMS"
    groups = [group["Properties"] for group in resources("AWS::Logs::LogGroup")]
    assert all("RetentionInDays" in group for group in groups)
    # Cognito refuses a log group with a key for its failed messages.
    (delivery,) = resources("AWS::Cognito::LogDeliveryConfiguration")
    without_key = [group for group in groups if "KmsKeyId" not in group]
    assert len(without_key) == str(delivery).count("CloudWatchLogsConfiguration") == 1
    for queue in resources("AWS::SQS::Queue"):
        assert "KmsMasterKeyId" in queue["Properties"]
    for topic in resources("AWS::SNS::Topic"):
        assert "KmsMasterKeyId" in topic["Properties"]
    for vault in resources("AWS::Backup::BackupVault"):
        assert "EncryptionKeyArn" in vault["Properties"]
    for guardrail in resources("AWS::Bedrock::Guardrail"):
        assert "KmsKeyArn" in guardrail["Properties"]
    with_own_key = [json.dumps(bucket["Properties"]) for bucket in resources("AWS::S3::Bucket")]
    # S3 delivers access logs to buckets with its own keys only.
    assert [("aws:kms" in bucket) for bucket in with_own_key] == [
        ("LoggingConfiguration" in b) for b in with_own_key
    ]


def test_a_web_acl_stands_before_three_of_three_entries(resources: Resources) -> None:
    associated = [
        json.dumps(entry["Properties"]["ResourceArn"]) for entry in resources("AWS::WAFv2::WebACLAssociation")
    ]
    regional = len(resources("AWS::ApiGateway::Stage")) + len(resources("AWS::Cognito::UserPool"))
    assert len(associated) == len(set(associated)) == regional == 2
    named = [
        json.dumps(distribution["Properties"]["DistributionConfig"].get("WebACLId"))
        for distribution in resources("AWS::CloudFront::Distribution")
    ]
    assert [("GenAiDefense-Edge" in name, "WebAcl" in name) for name in named] == [(True, True)]
    scopes = sorted(acl["Properties"]["Scope"] for acl in resources("AWS::WAFv2::WebACL"))
    assert scopes == ["CLOUDFRONT", "REGIONAL", "REGIONAL"], "each entry has one of its own"


def test_the_api_calls_these_functions_and_never_the_one_that_may_invoke_the_model(
    resources: Resources,
) -> None:
    invokers = [entry["Properties"] for entry in resources("AWS::Lambda::Permission")]
    assert {entry["Principal"] for entry in invokers} == {"apigateway.amazonaws.com"}
    functions = {json.dumps(entry["FunctionName"]) for entry in invokers}
    known = ("GuardrailPrivate", "ConversationsPrivate", "ApprovalFunctionsDesk")
    assert [name for name in functions if not any(part in name for part in known)] == []
    assert len(functions) == len(known)


def test_prod_keeps_what_dev_lets_go(assembly_of: Callable[[str], Path]) -> None:
    for profile, policy in (("prod", "Retain"), ("dev", "Delete")):
        template = json.loads((assembly_of(profile) / "GenAiDefense-Data.template.json").read_text())
        stores = [
            resource
            for resource in template["Resources"].values()
            if resource["Type"] in {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"}
        ]
        assert {store["DeletionPolicy"] for store in stores} == {policy}


def test_three_alarms_call_the_topic(resources: Resources) -> None:
    alarms = resources("AWS::CloudWatch::Alarm")
    assert len(alarms) == 3
    assert all(alarm["Properties"]["AlarmActions"] for alarm in alarms)


def test_the_trail_records_calls_to_the_model(resources: Resources) -> None:
    (trail,) = resources("AWS::CloudTrail::Trail")
    assert trail["Properties"]["EnableLogFileValidation"] is True
    assert "AWS::Bedrock::Model" in json.dumps(trail["Properties"]["AdvancedEventSelectors"])
