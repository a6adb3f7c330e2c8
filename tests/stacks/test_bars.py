"""What must hold over all stacks of a profile, whatever each construct promises by itself."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from genai_defense.organization.policy_length import MOST_CHARS, length_of

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


def _only_embeds(statement: dict[str, Any]) -> bool:
    """Whether a statement is about one embedding model and no other resource."""
    named = json.dumps(statement["Resource"])
    return named.count("arn:") == 1 and "::foundation-model/amazon.titan-embed-text-v2:0" in named


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
    # A knowledge base's role invokes the embedding model, which answers nothing: no guardrail applies to it.
    embedding = [entry for entry in invoking if _only_embeds(entry)]
    assert [entry["Action"] for entry in embedding] == ["bedrock:InvokeModel"]
    for entry in [entry for entry in invoking if entry not in embedding]:
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
            invokes = any(action.startswith("bedrock:Invoke") for action in _actions(entry))
            if entry["Effect"] == "Allow" and invokes and not _only_embeds(entry):
                assert "bedrock:GuardrailIdentifier" in entry["Condition"]["StringEquals"]
        assert statements[-1]["Effect"] == "Deny"
        assert {"bedrock:UpdateGuardrail", "cloudtrail:StopLogging"} <= set(statements[-1]["Action"])
    # The keeper of the invocation log hands one role to Bedrock; its boundary names that one action.
    assert sum("iam:*" not in statements[-1]["Action"] for statements in boundaries) <= 1


def test_no_policy_is_longer_than_iam_takes(resources: Resources) -> None:
    lengths = {
        length_of(policy["Properties"]["PolicyDocument"]) for policy in resources("AWS::IAM::ManagedPolicy")
    }
    assert max(lengths) <= MOST_CHARS


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


def test_no_key_admits_everybody(resources: Resources) -> None:
    keys = resources("AWS::KMS::Key")
    assert len(keys) >= 12
    allowed = [
        (key["Properties"]["Description"], entry["Principal"])
        for key in keys
        for entry in key["Properties"]["KeyPolicy"]["Statement"]
        if entry["Effect"] == "Allow"
    ]
    assert [entry for entry in allowed if entry[1] in ("*", {"AWS": "*"})] == []
    for key in keys:
        assert key["Properties"]["EnableKeyRotation"] is True
        assert key["Properties"]["PendingWindowInDays"] == 30


def test_every_table_is_under_a_key_of_ours_restorable_and_kept(resources: Resources, profile: str) -> None:
    tables = [entry["Properties"] for entry in resources("AWS::DynamoDB::Table")]
    assert len(tables) >= 4
    for table in tables:
        assert "KMSMasterKeyId" in table["SSESpecification"]
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert table["DeletionProtectionEnabled"] is (profile == "prod")


def test_every_permission_on_rows_of_users_is_bound_to_the_caller_or_names_one_row(
    resources: Resources,
) -> None:
    conversations = [
        entry
        for entry in _statements(resources)
        if entry["Effect"] == "Allow"
        and "ConversationsTable" in json.dumps(entry["Resource"])
        and any(action.startswith("dynamodb:") for action in _actions(entry))
    ]
    by_people = [entry for entry in conversations if "StartAwsBackupJob" not in json.dumps(entry["Action"])]
    assert len(by_people) >= 2
    for entry in by_people:
        assert "dynamodb:LeadingKeys" in entry["Condition"]["ForAllValues:StringEquals"]


def test_every_bucket_refuses_strangers_but_the_one_that_cloudfront_delivers_to(
    resources: Resources,
) -> None:
    policies = [json.dumps(entry["Properties"]) for entry in resources("AWS::S3::BucketPolicy")]
    assert len(policies) == len(resources("AWS::S3::Bucket"))
    open_ones = [policy for policy in policies if "RefuseStrangers" not in policy]
    assert [("LogBucket" in policy) for policy in open_ones] == [True]


def test_every_vault_is_locked(resources: Resources) -> None:
    vaults = resources("AWS::Backup::BackupVault")
    assert vaults
    assert all(vault["Properties"]["LockConfiguration"]["MinRetentionDays"] >= 7 for vault in vaults)


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
    permitted = [entry["Properties"] for entry in resources("AWS::Lambda::Permission")]
    # The clock evaluates models and lets addresses go, S3 tells of exports of sign-ins,
    # and logs of web ACLs tell who was refused.
    others = {
        "events.amazonaws.com": ("EvaluationPrivate", "FunctionsRestore", "SignInEvents"),
        "logs.amazonaws.com": ("WebAclEvents",),
    }
    for entry in permitted:
        parts = others.get(entry["Principal"])
        assert parts is None or any(part in json.dumps(entry["FunctionName"]) for part in parts)
    by_api = [entry for entry in permitted if entry["Principal"] not in others]
    assert {entry["Principal"] for entry in by_api} == {"apigateway.amazonaws.com"}
    functions = {json.dumps(entry["FunctionName"]) for entry in by_api}
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


def test_every_alarm_calls_the_topic(resources: Resources) -> None:
    alarms = resources("AWS::CloudWatch::Alarm") + resources("AWS::CloudWatch::CompositeAlarm")
    assert len(alarms) >= 20
    assert all(alarm["Properties"]["AlarmActions"] for alarm in alarms)


def test_the_trail_records_calls_to_the_model(resources: Resources) -> None:
    (trail,) = resources("AWS::CloudTrail::Trail")
    assert trail["Properties"]["EnableLogFileValidation"] is True
    assert "AWS::Bedrock::Model" in json.dumps(trail["Properties"]["AdvancedEventSelectors"])
