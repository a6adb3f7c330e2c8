"""What an account and Region can have only once."""

from enum import StrEnum


class Singleton(StrEnum):
    """Who takes care of something that an account and Region can have only once.

    `CREATE`: this deployment makes it, and fails where there is one. `EXISTING`: somebody else has made it,
    such as the organization's security account; nothing is created, and the outputs name it. `OFF`: nobody
    has it, by decision; the outputs say so.
    """

    CREATE = "create"
    EXISTING = "existing"
    OFF = "off"
