"""The function for what a user may ask besides answers: own conversations, feedback, usage, health."""

from aws_cdk import Duration
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application.api_route import CONVERSATION_ID, ApiBody, ApiRoute, bounded_text
from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.guardrail_function import UserQuota
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.review_queue import ReviewQueue
from genai_defense.data import READ_AND_DELETE, ConversationTable, QuotaTable, StandingTable

# Above the 15 s in which it deletes (lambda/conversations/store.py), below the 29 s that API Gateway waits.
CONVERSATIONS_TIMEOUT = Duration.seconds(25)
RATINGS = ("wrong", "harmful", "helpful")
MAX_COMMENT_CHARS = 1000
FEEDBACK = ApiBody(
    name="Feedback",
    properties={
        "conversation_id": CONVERSATION_ID,
        "request_id": apigateway.JsonSchema(
            type=apigateway.JsonSchemaType.STRING, pattern="^[A-Za-z0-9_-]{1,128}$"
        ),
        "rating": apigateway.JsonSchema(type=apigateway.JsonSchemaType.STRING, enum=list(RATINGS)),
        "comment": bounded_text(most=MAX_COMMENT_CHARS),
    },
    required=("conversation_id", "request_id", "rating"),
)
"""What a user thinks of an answer."""
_HEALTH_IS_OPEN = (
    "A health check asks it before anybody has signed in; it reads nothing, takes no body and says nothing "
    "but that the API is up."
)


class ConversationsFunction(Construct):
    """Lists, reads and deletes the caller's own conversations, takes feedback, says what quota is left.

    It cannot invoke the model or the functions that do. Rows it reaches only as their user: by a role that it
    assumes with the user's id as session tag, and which can read and delete but not write.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs.
        conversations: Where turns are kept.
        quota_table: Where spending is counted.
        quota: What one user may spend; the guardrail function's must be the same.
        review_queue: Where feedback goes.
        standing: How users stand; a blocked one gets nothing, and deletes nothing.

    Attributes:
        private: The function with its role, policy and security group.
        rows_role: What it becomes, once per user, to reach that user's rows.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        conversations: ConversationTable,
        quota_table: QuotaTable,
        quota: UserQuota,
        review_queue: ReviewQueue,
        standing: StandingTable,
    ) -> None:
        super().__init__(scope, construct_id)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.rows_role = conversations.grant_rows_of_caller(
            self, "RowsRole", role=role, actions=READ_AND_DELETE
        )
        quota_table.grant_read_of_caller(self, "QuotaOfCaller", access=self.rows_role)
        standing.grant_read_of_caller(self, "StandingOfCaller", access=self.rows_role)
        self.private = PrivateFunction(
            self,
            "Private",
            packages=(
                "conversations",
                "api_reply",
                "caller_identity",
                "conversation_rows",
                "function_environment",
                "quota_rows",
                "standing_rows",
                "user_session",
            ),
            hosting=hosting,
            role=role,
            timeout=CONVERSATIONS_TIMEOUT,
            environment={
                "CONVERSATION_TABLE_NAME": conversations.table.table_name,
                "QUOTA_TABLE_NAME": quota_table.table.table_name,
                "STANDING_TABLE_NAME": standing.table.table_name,
                "ROWS_ROLE_ARN": self.rows_role.role_arn,
                "REVIEW_QUEUE_URL": review_queue.queue.queue_url,
                "REQUESTS_PER_DAY": str(quota.requests_per_day),
                "TOKENS_PER_DAY": str(quota.tokens_per_day),
                "POWERTOOLS_SERVICE_NAME": "conversations",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        self.private.policy.add_statements(
            iam.PolicyStatement(
                sid="BecomeTheUser",
                actions=["sts:AssumeRole", "sts:TagSession"],
                resources=[self.rows_role.role_arn],
            ),
        )
        review_queue.grant_send(self.private.policy)

    def routes(self, scope: cognito.OAuthScope) -> list[ApiRoute]:
        """The calls that it answers, each with this scope but health."""
        function = self.private.function
        one = "/api/conversations/{conversation_id}"
        return [
            ApiRoute(method="GET", path="/api/conversations", handler=function, scope=scope),
            ApiRoute(method="GET", path=one, handler=function, scope=scope),
            ApiRoute(method="DELETE", path=one, handler=function, scope=scope, requests_per_second=5),
            ApiRoute(
                method="DELETE",
                path="/api/me/data",
                handler=function,
                scope=scope,
                requests_per_second=5,
            ),
            ApiRoute(
                method="POST",
                path="/api/feedback",
                handler=function,
                scope=scope,
                body=FEEDBACK,
                requests_per_second=5,
            ),
            ApiRoute(method="GET", path="/api/usage", handler=function, scope=scope),
            ApiRoute(
                method="GET",
                path="/api/health",
                handler=function,
                open_because=_HEALTH_IS_OPEN,
                requests_per_second=5,
            ),
        ]
