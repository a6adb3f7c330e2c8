"""Roles that may invoke a model, each by another kind of policy, and one that may not."""

from typing import Any

INVOKE = {
    "Effect": "Allow",
    "Action": "bedrock:InvokeModel",
    "Resource": "arn:aws:bedrock:*::foundation-model/*",
}
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def policy(statement: dict[str, str], **more: object) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": [statement]}, **more}


OTHERS: dict[str, Any] = {
    "Inline": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy(INVOKE)]}},
    "Attached": {"Type": "AWS::IAM::Role", "Properties": {}},
    "Policy": {
        "Type": "AWS::IAM::Policy",
        "Properties": policy(INVOKE, Roles=[{"Ref": "Attached"}]),
    },
    "Managed": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": [{"Ref": "ManagedPolicy"}]}},
    "ManagedPolicy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": policy(INVOKE)},
    "Reader": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy(READ)]}},
}


def role(name: str, **more: object) -> dict[str, Any]:
    return {"Role": {"Fn::GetAtt": [name, "Arn"]}, **more}
