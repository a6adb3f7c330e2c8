"""What was deployed, and boto3 clients that reach it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from genai_defense.local.clients import aws_client
from genai_defense.local.emulator import Endpoint
from genai_defense.local.errors import LocalRunError

_NEEDED = (
    "ApiUrl", "UserPoolId", "UserPoolClientId", "UserPoolDomain", "AuditBucketName", "QuotaTableName",
    "KillSwitchParameter", "ReviewQueueUrl",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """The chatbot in the embedded AWS.

    Attributes:
        endpoint: The embedded AWS.
        api_url: Where users reach the API, without a slash at the end; its paths start with `/api/`.
        stage_url: The API's own stage, which refuses whoever goes around the distribution.
        sign_in_url: Where users sign in on AWS, as the templates name it; here the embedded AWS answers.
        user_pool_id: Cognito user pool.
        client_id: The public app client.
        audit_bucket: Bucket of the audit records.
        quota_table: Table of the quotas.
        kill_switch: Parameter that stops the chatbot.
        review_queue: Queue of the feedback.
        contributor_policy: ARN of the policy of who brings documents; empty without documents.
    """

    endpoint: Endpoint
    api_url: str
    stage_url: str = ""
    sign_in_url: str
    user_pool_id: str
    client_id: str
    audit_bucket: str
    quota_table: str
    kill_switch: str
    review_queue: str
    contributor_policy: str = ""

    def behind(self, page_url: str) -> "Deployment":
        """The same, reached through the distribution.

        Args:
            page_url: Address of the page.
        """
        return replace(self, api_url=page_url.rstrip("/"))

    @property
    def chat_url(self) -> str:
        """Where a message is posted for a whole answer."""
        return f"{self.api_url}/api/chat"

    def client(self, service: str, session: Mapping[str, str] | None = None) -> Any:
        """A boto3 client with the operator's rights, or with those of a session that STS gave out."""
        where = self.endpoint
        return aws_client(service, url=where.url, region=where.region, account=where.account, session=session)


def local_api_url(api_url: str, endpoint: Endpoint) -> str:
    """An `https://<id>.execute-api.<region>.amazonaws.com/<stage>/` as an address of the emulator."""
    parts = urlsplit(api_url)
    api_id = (parts.hostname or "").split(".", 1)[0]
    return f"{endpoint.url}/_aws/execute-api/{api_id}/{parts.path.strip('/')}"


def describe(outputs: dict[str, str], endpoint: Endpoint) -> Deployment:
    """Read a deployment from its stack outputs.

    Raises:
        LocalRunError: An output is missing.
    """
    if missing := [name for name in _NEEDED if not outputs.get(name)]:
        raise LocalRunError(
            f"The stacks have no output named {', '.join(missing)}.",
            "Add it with CfnOutput: the local run finds the chatbot by its outputs.",
        )
    stage_url = local_api_url(outputs["ApiUrl"], endpoint)
    return Deployment(
        endpoint=endpoint,
        api_url=stage_url,
        stage_url=stage_url,
        sign_in_url=f"https://{outputs['UserPoolDomain']}.auth.{endpoint.region}.amazoncognito.com",
        user_pool_id=outputs["UserPoolId"],
        client_id=outputs["UserPoolClientId"],
        audit_bucket=outputs["AuditBucketName"],
        quota_table=outputs["QuotaTableName"],
        kill_switch=outputs["KillSwitchParameter"],
        review_queue=outputs["ReviewQueueUrl"],
        contributor_policy=outputs.get("ContributorPolicyArn", ""),
    )
