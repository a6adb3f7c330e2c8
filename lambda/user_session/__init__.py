"""Sessions that reach the rows of one user and nobody else's."""

from user_session.credentials import SessionCredentials, UserCredentials

__all__ = ["SessionCredentials", "UserCredentials"]
