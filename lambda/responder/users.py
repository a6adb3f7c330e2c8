"""Users of the pool and how they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from standing_rows import Standing, State, item_of, standing_key, unless_harder

if TYPE_CHECKING:
    from collections.abc import Collection

    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient

_ROLE: Final = "role-"
_SUB: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")


class UnknownUserError(Exception):
    """The pool has no such user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """The user pool, and the table that the guardrail function reads at every request.

    Args:
        pool: Cognito.
        pool_id: The user pool.
        table: DynamoDB.
        standing_table: The standing table.
        protected_roles: Who has one of these is neither slowed nor disabled by a machine.
    """

    pool: CognitoIdentityProviderClient
    pool_id: str
    table: DynamoDBClient
    standing_table: str
    protected_roles: Collection[str]

    def protecting_role(self, user_id: str) -> str | None:
        """The role that keeps a user from being slowed or disabled by a machine; None mostly.

        Raises:
            botocore.exceptions.ClientError: Cognito did not answer, so nothing is known and nothing is done.
        """
        name = self.name_of(user_id)
        groups: set[str] = set()
        pages = self.pool.get_paginator("admin_list_groups_for_user").paginate(
            UserPoolId=self.pool_id, Username=name
        )
        for page in pages:
            groups |= {group.get("GroupName", "") for group in page["Groups"]}
        return next((role for role in sorted(self.protected_roles) if f"{_ROLE}{role}" in groups), None)

    def name_of(self, user_id: str) -> str:
        """The pool's name for the subject of a token.

        Raises:
            UnknownUserError: There is none, or more than one.
        """
        if not _SUB.fullmatch(user_id):
            raise UnknownUserError
        found: Any = self.pool.list_users(UserPoolId=self.pool_id, Filter=f'sub = "{user_id}"', Limit=2)
        names = [user["Username"] for user in found["Users"]]
        if len(names) != 1:
            raise UnknownUserError
        return str(names[0])

    def set_standing(self, user_id: str, standing: Standing, now: int) -> bool:
        """Set how a user stands, unless they stand worse already; whether it was set.

        The table itself compares, so that no other incident's row comes between a look and a write.

        Args:
            user_id: Who.
            standing: How they stand.
            now: Seconds since 1970: what has ended gives way to anything.

        Raises:
            botocore.exceptions.ClientError: The table did not take it.
        """
        try:
            self.table.put_item(
                TableName=self.standing_table,
                Item=item_of(user_id, standing),
                **unless_harder(standing, now),
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def block(self, user_id: str, incident: str, now: int) -> bool:
        """Refuse a user's tokens from now on, until an operator restores them; False: they are already.

        Raises:
            botocore.exceptions.ClientError: The table did not take it.
        """
        blocked = Standing(state=State.BLOCKED, until=0, pause_seconds=0, incident=incident)
        return self.set_standing(user_id, blocked, now)

    def disable(self, user_id: str, incident: str, now: int) -> None:
        """End a user's access: the standing at once, then the account, then its sessions.

        Raises:
            UnknownUserError: The pool has no such user; their tokens are refused all the same.
            botocore.exceptions.ClientError: A step failed; all of them may be taken again.
        """
        self.block(user_id, incident, now)
        name = self.name_of(user_id)
        self.pool.admin_disable_user(UserPoolId=self.pool_id, Username=name)
        self.pool.admin_user_global_sign_out(UserPoolId=self.pool_id, Username=name)

    def restore(self, user_id: str) -> None:
        """Give a user their access back: the account first, so that a failure leaves them out.

        Raises:
            UnknownUserError: The pool has no such user.
            botocore.exceptions.ClientError: A step failed.
        """
        self.pool.admin_enable_user(UserPoolId=self.pool_id, Username=self.name_of(user_id))
        key = {name: {"S": value} for name, value in standing_key(user_id).items()}
        self.table.delete_item(TableName=self.standing_table, Key=key)
