"""The app of the management account: policies that all packs accept, and that the chatbot can live under."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.report import read_validation_report
from tests.conftest import ROOT
from tests.organization.policy_evaluator import Request, denied_by

pytestmark = pytest.mark.slow

TYPES = {
    "genai-defense-guardrail": "SERVICE_CONTROL_POLICY",
    "genai-defense-models": "SERVICE_CONTROL_POLICY",
    "genai-defense-protection": "SERVICE_CONTROL_POLICY",
    "genai-defense-locks": "SERVICE_CONTROL_POLICY",
    "genai-defense-data-perimeter": "RESOURCE_CONTROL_POLICY",
    "genai-defense-ai-services-opt-out": "AISERVICES_OPT_OUT_POLICY",
    "genai-defense-enforced-guardrail": "BEDROCK_POLICY",
}
ENFORCED = "arn:aws:bedrock:us-east-1:444455556666:guardrail/gr9z8y7x6w5v:2"
ROLE = "arn:aws:iam::111122223333:role/GenAiDefense-Application-Guardrail-1A2B"
RESPONDER = "arn:aws:iam::111122223333:role/GenAiDefense-Respond-FunctionsResponderRole562D-1A2B"
KEEPER = "arn:aws:iam::111122223333:role/GenAiDefense-Model-InvocationLogKeeperRole-1A2B"


def _run(outdir: Path, profile: str, change: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    context: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
    context["profiles"][profile].setdefault("management", {}).update(change)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDK_"))}
    environment |= {
        "CDK_OUTDIR": str(outdir),
        "CDK_CONTEXT_JSON": json.dumps(context | {"profile": profile}),
    }
    return subprocess.run(
        [sys.executable, "-m", "stacks.management_app"],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def management(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cloud assembly for the management account, with the layer that is off by default."""
    outdir = tmp_path_factory.mktemp("management")
    result = _run(outdir, "prod", {"enforced_guardrails": [ENFORCED]})
    assert result.returncode == 0, result.stderr
    return outdir


@pytest.fixture(scope="module")
def policies(management: Path) -> dict[str, dict[str, Any]]:
    """The deployed policies by name."""
    template = json.loads((management / "GenAiDefense-Management.template.json").read_text())
    return {
        entry["Properties"]["Name"]: entry["Properties"]
        for entry in template["Resources"].values()
        if entry["Type"] == "AWS::Organizations::Policy"
    }


def test_every_layer_is_there_and_attached(policies: dict[str, dict[str, Any]]) -> None:
    assert {name: entry["Type"] for name, entry in policies.items()} == TYPES
    assert {tuple(entry["TargetIds"]) for entry in policies.values()} == {("ou-ab12-11112222",)}
    # Each target takes five of a type, and has AWS's own that allows everything.
    assert sum(kind == "SERVICE_CONTROL_POLICY" for kind in TYPES.values()) <= 4


def test_the_knowledge_bases_own_embedding_model_is_exempt(policies: dict[str, dict[str, Any]]) -> None:
    (guardrail, *_) = policies["genai-defense-guardrail"]["Content"]["Statement"]
    assert guardrail["NotResource"] == ["arn:*:bedrock:*::foundation-model/amazon.titan-embed-text-v2:0"]


def test_no_finding_of_any_pack_is_open(management: Path) -> None:
    report = read_validation_report(management)
    assert report.open == ()
    assert report.failures == ()


def test_a_profile_without_targets_says_what_to_do(tmp_path: Path) -> None:
    result = _run(tmp_path, "dev", {})
    assert result.returncode == 1
    assert "management.targets is empty" in result.stderr
    assert not (tmp_path / "manifest.json").exists()


def test_the_chatbot_deploys_without_it(assembly: Path) -> None:
    assert "AWS::Organizations::Policy" not in "".join(
        path.read_text() for path in assembly.glob("*.template.json")
    )


def _granted(assembly: Path) -> Iterator[tuple[str, str]]:
    """Each action that a role is granted, with an ARN that the statement is for, as far as a name tells."""
    for path in assembly.glob("*.template.json"):
        for entry in json.loads(path.read_text())["Resources"].values():
            if entry["Type"] != "AWS::IAM::ManagedPolicy" or "boundary" in str(
                entry["Properties"].get("Description")
            ):
                continue
            for statement in entry["Properties"]["PolicyDocument"]["Statement"]:
                if statement["Effect"] == "Allow":
                    actions = statement["Action"]
                    for action in [actions] if isinstance(actions, str) else actions:
                        yield from ((action, arn) for arn in _asked_on(json.dumps(statement["Resource"])))


# What the kit holds, for what policies deny on the kit's own only.
RESOURCES = (
    KEEPER,
    "arn:aws:s3:::genaidefense-knowledge-documentslandingbucket-1a2b",
    "arn:aws:dynamodb:us-east-1:111122223333:table/GenAiDefense-Data-OrdersTable1A2B",
    "arn:aws:lambda:us-east-1:111122223333:function:GenAiDefense-Respond-FunctionsX1A2B",
    "arn:aws:events:us-east-1:111122223333:event-bus/GenAiDefenseApplicationSecurityEventsBus1A2B",
)
# Of others, though roles of the kit keep them.
FOREIGN = {
    ":rule/DO-NOT-DELETE-": "arn:aws:events:us-east-1:111122223333:rule/DO-NOT-DELETE-AmazonGuardDuty1",
    ":table/awsbackup-restore-test-": "arn:aws:dynamodb:us-east-1:1:table/awsbackup-restore-test-1",
}


def _asked_on(resource: str) -> list[str]:
    return [arn for part, arn in FOREIGN.items() if part in resource] or list(RESOURCES)


def _as_it_asks(action: str) -> dict[str, str]:
    """What differs from an ordinary role's request: who it is, or that a service works for it."""
    if action == "wafv2:UpdateIPSet":
        return {"aws:PrincipalArn": RESPONDER}
    if action == "kms:CreateGrant":
        return {"kms:GrantIsForAWSResource": "true"}
    return {"aws:PrincipalArn": KEEPER} if "InvocationLogging" in action or action == "iam:PassRole" else {}


def test_no_policy_takes_what_the_chatbot_itself_does(
    assembly: Path, policies: dict[str, dict[str, Any]]
) -> None:
    """Each action that a role is granted passes the control policies, asked for by an ordinary role."""
    granted = set(_granted(assembly))
    assert len(granted) > 30
    version = policies["genai-defense-guardrail"]["Content"]["Statement"][0]["Condition"]
    context = {
        "aws:PrincipalArn": ROLE,
        "aws:RequestedRegion": "us-east-1",
        "bedrock:GuardrailIdentifier": version["StringNotEquals"]["bedrock:GuardrailIdentifier"][0],
    }
    model = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
    denied = {
        action: sids
        for action, resource in sorted(granted)
        for name in ("guardrail", "models", "protection", "locks")
        if (
            sids := denied_by(
                policies[f"genai-defense-{name}"]["Content"],
                Request(
                    action=action,
                    resource=model if action.startswith("bedrock:Invoke") else resource,
                    context=context | _as_it_asks(action),
                ),
            )
        )
    }
    assert denied == {}


def test_an_ordinary_role_stops_no_log(policies: dict[str, dict[str, Any]]) -> None:
    document = policies["genai-defense-guardrail"]["Content"]
    for principal, stopped in ((ROLE, True), (KEEPER, False)):
        request = Request(
            action="bedrock:DeleteModelInvocationLoggingConfiguration",
            context={"aws:PrincipalArn": principal},
        )
        assert bool(denied_by(document, request)) == stopped
