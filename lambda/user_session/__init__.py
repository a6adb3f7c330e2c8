"""Sessions that reach the rows of one user and nobody else's."""

from user_session.credentials import SessionCredentials, UserCredentials
from user_session.rows_client import rows_client

__all__ = ["SessionCredentials", "UserCredentials", "rows_client"]
