"""What the policies of AWS that templates often attach allow.

Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ (read 2026-11-24).
"""

from typing import Final

from genai_defense.checks.values import Value

_LOGS: list[Value] = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
_NETWORK: list[Value] = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
]
_TRACES: list[Value] = [
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
]
_GATEWAY: list[Value] = [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:PutLogEvents",
]
_QUEUES: list[Value] = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", *_LOGS]

# Where a policy is longer than what is asked here, it stands with the families of actions that it allows.
AWS_POLICIES: Final[dict[str, list[Value]]] = {
    "AWSLambdaBasicExecutionRole": _LOGS,
    "AWSLambdaSQSQueueExecutionRole": _QUEUES,
    "AWSLambdaVPCAccessExecutionRole": [*_LOGS, *_NETWORK],
    "AWSXRayDaemonWriteAccess": _TRACES,
    "AWSXrayWriteOnlyAccess": _TRACES,
    "AdministratorAccess": ["*"],
    "AmazonAPIGatewayPushToCloudWatchLogs": _GATEWAY,
    "AmazonBedrockFullAccess": ["bedrock:*"],
    "AmazonDynamoDBFullAccess": ["dynamodb:*"],
    "AmazonS3FullAccess": ["s3:*"],
    "AmazonS3ReadOnlyAccess": ["s3:Get*", "s3:List*"],
    "IAMFullAccess": ["iam:*"],
}


def document_of(arn: str) -> Value:
    """The document of a policy of AWS by its ARN; None when it is not known here."""
    name = arn.rpartition("/")[2]
    if ":aws:policy/" not in arn or name not in AWS_POLICIES:
        return None
    return {"Statement": [{"Effect": "Allow", "Action": AWS_POLICIES[name], "Resource": "*"}]}
