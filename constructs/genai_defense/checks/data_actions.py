"""Actions that read, write or run something, each with what it would reach if nobody named it."""

from typing import Final

DATA_ACTIONS: Final = {
    "s3:GetObject s3:PutObject s3:DeleteObject s3:ListBucket": "arn:aws:s3:::some-other/key",
    "dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem"
    " dynamodb:BatchGetItem dynamodb:BatchWriteItem": "arn:aws:dynamodb:r:1:table/some-other",
    "kms:Decrypt kms:GenerateDataKey kms:CreateGrant": "arn:aws:kms:r:1:key/some-other",
    "secretsmanager:GetSecretValue": "arn:aws:secretsmanager:r:1:secret:some-other",
    "ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath": "arn:aws:ssm:r:1:parameter/some-other",
    "sagemaker:InvokeEndpoint": "arn:aws:sagemaker:r:1:endpoint/some-other",
    "lambda:InvokeFunction": "arn:aws:lambda:r:1:function:some-other",
    "states:StartExecution": "arn:aws:states:r:1:stateMachine:some-other",
    "sts:AssumeRole": "arn:aws:iam::1:role/some-other",
    "aoss:APIAccessAll": "arn:aws:aoss:r:1:collection/some-other",
    "es:ESHttpGet es:ESHttpPost es:ESHttpPut es:ESHttpDelete": "arn:aws:es:r:1:domain/some-other/_search",
    "s3vectors:GetVectors s3vectors:QueryVectors": "arn:aws:s3vectors:r:1:bucket/o/index/o",
    "rds-data:ExecuteStatement rds-data:BatchExecuteStatement": "arn:aws:rds:r:1:cluster:some-other",
    "kendra:Query kendra:Retrieve": "arn:aws:kendra:r:1:index/some-other",
    "sqs:ReceiveMessage sqs:SendMessage": "arn:aws:sqs:r:1:some-other",
}
"""Actions of a kind, to the ARN of a resource that nobody named."""
