"""A small way of documents for the tests of the stand-ins: a bucket, a role, a knowledge base."""

from collections.abc import Callable
from typing import Any

Deploy = Callable[[dict[str, Any], dict[str, Any]], dict[str, str]]
Aws = Callable[[str], Any]
_MODELS = "arn:aws:bedrock:us-east-1::foundation-model"
VERSIONED = {"VersioningConfiguration": {"Status": "Enabled"}}


def get(logical_id: str, attribute: str) -> dict[str, list[str]]:
    """`Fn::GetAtt`."""
    return {"Fn::GetAtt": [logical_id, attribute]}


def objects_of(bucket: str, keys: str = "*") -> dict[str, Any]:
    """ARN of objects in a bucket of the template."""
    return {"Fn::Sub": f"${{{bucket}.Arn}}/{keys}"}


def role(service: str, *statements: dict[str, Any]) -> dict[str, Any]:
    """A role of a service; tests may write inline policies."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
            "Policies": [
                {
                    "PolicyName": "Inline",
                    "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)},
                }
            ],
        },
    }


def allow(action: str | list[str], resource: Any) -> dict[str, Any]:
    """An Allow."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


KNOWLEDGE: dict[str, Any] = {
    "Trusted": {"Type": "AWS::S3::Bucket", "Properties": VERSIONED},
    "Reader": role("bedrock.amazonaws.com", allow("s3:GetObject", objects_of("Trusted", "passages/*"))),
    "Vectors": {"Type": "AWS::S3Vectors::VectorBucket", "Properties": {}},
    "Index": {
        "Type": "AWS::S3Vectors::Index",
        "Properties": {
            "VectorBucketArn": get("Vectors", "VectorBucketArn"),
            "DataType": "float32",
            "Dimension": 1024,
            "DistanceMetric": "cosine",
        },
    },
    "Base": {
        "Type": "AWS::Bedrock::KnowledgeBase",
        "Properties": {
            "Name": "documents",
            "RoleArn": get("Reader", "Arn"),
            "KnowledgeBaseConfiguration": {
                "Type": "VECTOR",
                "VectorKnowledgeBaseConfiguration": {
                    "EmbeddingModelArn": f"{_MODELS}/amazon.titan-embed-text-v2:0"
                },
            },
            "StorageConfiguration": {
                "Type": "S3_VECTORS",
                "S3VectorsConfiguration": {"IndexArn": get("Index", "IndexArn")},
            },
        },
    },
    "Source": {
        "Type": "AWS::Bedrock::DataSource",
        "Properties": {
            "Name": "passages",
            "KnowledgeBaseId": {"Ref": "Base"},
            "DataSourceConfiguration": {
                "Type": "S3",
                "S3Configuration": {
                    "BucketArn": get("Trusted", "Arn"),
                    "InclusionPrefixes": ["passages/"],
                },
            },
        },
    },
}
OUTPUTS: dict[str, Any] = {
    "Bucket": {"Ref": "Trusted"},
    "Base": {"Ref": "Base"},
    "Arn": get("Base", "KnowledgeBaseArn"),
    "Source": get("Source", "DataSourceId"),
    "Index": get("Index", "IndexArn"),
}
