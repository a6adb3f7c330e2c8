"""Proves one small deployment, for tests."""

from copy import deepcopy
from typing import Any

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import Template
from genai_defense.proofs.iam import prove
from genai_defense.proofs.proof import Proof

GUARDRAIL = "arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123:4"
OTHER_GUARDRAIL = "arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123:DRAFT"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
WITH_GUARDRAIL = {"StringEquals": {"bedrock:GuardrailIdentifier": GUARDRAIL}}
NAMES_GUARDRAIL = "iam-every-invocation-names-the-guardrail"
_TRUST = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "x"}}]}


def statement(effect: str = "Allow", condition: Any = None, **fields: Any) -> dict[str, Any]:
    body = {"Effect": effect, "Action": "bedrock:InvokeModel", "Resource": MODEL, **fields}
    return body if condition is None else {**body, "Condition": condition}


def document(*statements: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def role(*statements: Any, **properties: Any) -> dict[str, Any]:
    policies = [{"PolicyName": "own", "PolicyDocument": document(*statements)}]
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": deepcopy(_TRUST), "Policies": policies, **properties},
    }


def policy_of_the_organization(*statements: Any, kind: str = "SERVICE_CONTROL_POLICY") -> dict[str, Any]:
    return {
        "Type": "AWS::Organizations::Policy",
        "Properties": {"Type": kind, "Content": document(*statements), "Name": "p"},
    }


def boundary(*statements: Any) -> dict[str, Any]:
    return {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document(*statements)}}


def proofs(resources: dict[str, Any], **sections: Any) -> dict[str, Proof]:
    template = Template("t", {"Resources": resources, **sections})
    return {proof.id: proof for proof in prove(Deployment(path="t", templates=(template,)))}


def guardrail_of(resources: dict[str, Any]) -> Proof:
    return proofs(resources)[NAMES_GUARDRAIL]
