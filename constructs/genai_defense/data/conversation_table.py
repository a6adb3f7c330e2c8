"""Conversations, readable by the user who held them and by nobody else."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import USER_TAG, key_through_tables, user_table

READ_AND_WRITE = ("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem")
READ_AND_DELETE = ("dynamodb:Query", "dynamodb:DeleteItem")


class ConversationTable(Construct):
    """A table of conversation turns whose rows are bound to the caller by IAM, not by application code alone.

    The function that serves a user holds no permission on the table. It assumes the access role with the
    session tag `user_id`; `dynamodb:LeadingKeys` then admits only rows whose partition key is that user. A
    bug in the function's query cannot reach another user's rows.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (the user), sort key `sk` (see `lambda/conversation_rows`), time
            to live in `expires_at` (seconds since 1970); on-demand capacity, point-in-time recovery over 35
            days.

    Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html (read
        2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.table = user_table(self, encryption_key=encryption_key, removal_policy=removal_policy)

    def grant_rows_of_caller(
        self, scope: Construct, construct_id: str, *, role: iam.IRole, actions: Sequence[str] = READ_AND_WRITE
    ) -> iam.Role:
        """Create the role that `role` assumes, once per user, for that user's rows.

        Args:
            scope: Where the role is created, usually the stack of `role`.
            construct_id: Id below `scope`.
            role: Execution role of the function; it may tag the session with `user_id` and with nothing else.
            actions: What it may do to the rows. Default: `READ_AND_WRITE`, which deletes nothing.

        Returns:
            The access role. Sessions may last one hour, the limit for a role assumed by a role; the functions
            ask for 15 minutes.
        """
        trust = iam.SessionTagsPrincipal(
            iam.ArnPrincipal(role.role_arn).with_conditions(
                {
                    "StringLike": {f"aws:RequestTag/{USER_TAG}": "?*"},
                    "ForAllValues:StringEquals": {"aws:TagKeys": [USER_TAG]},
                },
            ),
        )
        access = iam.Role(scope, construct_id, assumed_by=trust, max_session_duration=Duration.hours(1))
        rows = iam.PolicyStatement(
            sid="RowsOfTheCaller",
            actions=list(actions),
            resources=[self.table.table_arn],
            conditions={
                "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [f"${{aws:PrincipalTag/{USER_TAG}}}"]}
            },
        )
        iam.ManagedPolicy(
            access, "Policy", roles=[access], statements=[rows, key_through_tables(self._encryption_key)]
        )
        return access
