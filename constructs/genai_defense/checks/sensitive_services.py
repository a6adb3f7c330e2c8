"""Services whose whole set of actions gives away data, rights or the way out."""

import re

_SENSITIVE = re.compile(
    r"account|aoss|apigateway|athena|cloudformation|cloudtrail|cognito-idp|dynamodb|ec2|ecr|ecs|es"
    r"|elasticfilesystem|events|glue|iam|kendra|kinesis|kms|lambda|organizations|rds|rds-data|s3|s3vectors"
    r"|sagemaker|secretsmanager|sns|sqs|ssm|states|sts"
)


def is_sensitive(service: str) -> bool:
    """Whether every action of a service is more than anybody may have; Bedrock has a rule of its own."""
    return _SENSITIVE.fullmatch(service) is not None
