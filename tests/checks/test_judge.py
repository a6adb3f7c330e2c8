"""The worst answer over all ways to deploy counts, and each rule accounts for every resource."""

from typing import Any

from genai_defense.checks.judge import Judgement, judge
from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE
from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import Template

RULE = "OwaspLlm-DataStoreUsesCustomerManagedKey"
_KEY = {"Type": "AWS::KMS::Key"}
_CONDITIONS = {"Prod": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}}
_PARAMETERS = {"Stage": {"Type": "String", "Default": "prod"}}


def _encrypted(key: Any) -> dict[str, Any]:
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    return {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": by_default}]}


def _judged(**resources: Any) -> Judgement:
    body = {"Parameters": _PARAMETERS, "Conditions": _CONDITIONS, "Resources": {"Key": _KEY, **resources}}
    return judge(Deployment(path="t", templates=(Template("t", body),)), [OWASP_LLM])


def _statuses(judgement: Judgement) -> list[str]:
    return [found.status for found in judgement.findings if found.rule == RULE]


def _bucket(encryption: Any, **more: Any) -> dict[str, Any]:
    return {"Type": "AWS::S3::Bucket", "Properties": {"BucketEncryption": encryption}, **more}


def test_a_protection_in_both_ways_is_one() -> None:
    key = {"Fn::GetAtt": ["Key", "Arn"]}
    both = {"Fn::If": ["Prod", _encrypted(key), {**_encrypted(key), "Other": 1}]}
    assert _statuses(_judged(Docs=_bucket(both))) == []


def test_a_protection_of_one_way_only_is_none() -> None:
    one = {"Fn::If": ["Prod", _encrypted({"Fn::GetAtt": ["Key", "Arn"]}), {"Ref": "AWS::NoValue"}]}
    assert _statuses(_judged(Docs=_bucket(one))) == ["non_compliant"]


def test_a_resource_of_one_way_only_is_asked() -> None:
    assert _statuses(_judged(Docs=_bucket(None, Condition="Prod"))) == ["non_compliant"]


def test_every_rule_accounts_for_every_resource_of_its_types() -> None:
    judgement = _judged(Docs=_bucket(None), More=_bucket(None))
    assert judgement.counts.keys() == {rule.id for rule in OWASP_LLM.rules}
    assert sum(judgement.counts[RULE].values()) == 2
    assert judgement.counts[RULE]["non_compliant"] == 2
    assert sum(judgement.counts["OwaspLlm-UserPoolRequiresMfa"].values()) == 0


def test_evidence_says_what_is_in_order() -> None:
    judgement = _judged(Docs=_bucket(_encrypted({"Fn::GetAtt": ["Key", "Arn"]})))
    assert [kept.resource for kept in judgement.evidence if kept.rule == RULE] == ["Docs"]


def test_rules_about_the_account_are_a_pack_of_their_own() -> None:
    assert not {rule.id for rule in OWASP_LLM.rules} & {rule.id for rule in OWASP_LLM_BASELINE.rules}


def test_each_place_of_a_resource_is_a_finding_of_its_own() -> None:
    opened = {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True, "BlockPublicPolicy": True}}
    judgement = _judged(Docs={"Type": "AWS::S3::Bucket", "Properties": opened})
    rule = "OwaspLlm-BucketBlocksPublicAccess"
    assert [found.path.rpartition(".")[2] for found in judgement.findings if found.rule == rule] == [
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    ]
    assert judgement.counts[rule]["non_compliant"] == 1
