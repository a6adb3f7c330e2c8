"""When the responder does what, and how far it may go."""

import ipaddress
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from genai_defense.section import Section

MOST_COUNTED = 1000
"""Most that a window counts (lambda/response_decision/counts.py)."""


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError as error:
        raise ValueError(f"must be a network such as 198.51.100.0/24 ({error})") from None


Network = Annotated[str, AfterValidator(_network)]
Role = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Threshold = Annotated[int, Field(ge=0, le=MOST_COUNTED)]


class ResponsePolicy(Section):
    """What follows from attacks: thresholds in one window of time, and the bounds of what a machine may do.

    A threshold of 0 switches its action off. No machine stops the chatbot for everybody unless
    `switches_per_day` says so: it is 0, and people are told that the kill switch is due. Only what a user's
    own message did counts towards disabling them; what stopped an answer does not, since a poisoned document
    may be to blame.

    Attributes:
        mode: `act`, or `notify`: everything is counted, recorded and told, and nothing is done.
        window_minutes: Attacks are counted in windows of so many minutes, 1 to 1,440: the present one and the
            one before.
        warn_after: Refusals of one user after which the next one says what comes.
        slow_after: Refusals of one user after which they may ask once in `pause_seconds`.
        disable_after: Attacks of one user after which their access ends, until an operator restores it.
        block_address_after_users: Attackers at one address after which the web ACLs block it.
        block_address_after_hits: Refusals of one address by web ACL and sign-in after which they block it.
        kill_switch_after_users: Users, at as many addresses, from whose answers the system prompt's marker
            had to be stopped, after which the kill switch is due; 0 or at least 3. Texts shaped like secrets
            do not count, since anybody can ask for one.
        kill_switch_after_tenants: Tenants that those users must be of; 0 does not ask for tenants. At least 2
            where several tenants share the chatbot and `switches_per_day` is not 0.
        slowed_minutes: How long a user is warned or slowed, 1 to 1,440 minutes.
        pause_seconds: A slowed user has one request in so many seconds, 1 to 3,600.
        blocked_minutes: How long an address is blocked, 5 to 1,440 minutes.
        users_per_hour: Most users that are disabled in an hour; after that, people are told only.
        addresses_per_hour: Most addresses that are blocked in an hour; after that, people are told only.
        switches_per_day: Most times in a day that a machine throws the kill switch, 0 to 24. 0 leaves it to
            people, who are told at once. With 1, whoever has enough accounts and addresses, and a way to
            make the model show its prompt, can stop the chatbot for everybody once a day.
        protected_roles: Users with one of these roles are neither slowed nor disabled by a machine.
        protected_networks: Networks that a machine never blocks: those of offices and partners, whose many
            users share an address.
        findings: Whether findings are filed in Security Hub, which must be on then.
    """

    mode: Literal["act", "notify"] = "act"
    window_minutes: Annotated[int, Field(ge=1, le=1440)] = 10
    warn_after: Threshold = 3
    slow_after: Threshold = 6
    disable_after: Threshold = 10
    block_address_after_users: Threshold = 3
    block_address_after_hits: Threshold = 200
    kill_switch_after_users: Threshold = 5
    kill_switch_after_tenants: Threshold = 0
    slowed_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    pause_seconds: Annotated[int, Field(ge=1, le=3600)] = 30
    blocked_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    users_per_hour: Annotated[int, Field(ge=0, le=1000)] = 5
    addresses_per_hour: Annotated[int, Field(ge=0, le=1000)] = 10
    switches_per_day: Annotated[int, Field(ge=0, le=24)] = 0
    protected_roles: Annotated[tuple[Role, ...], Field(strict=False)] = ("approver", "operator", "reviewer")
    protected_networks: Annotated[tuple[Network, ...], Field(strict=False)] = ()
    findings: bool = True

    @model_validator(mode="after")
    def _ladder_rises(self) -> Self:
        steps = [step for step in (self.warn_after, self.slow_after, self.disable_after) if step]
        if steps != sorted(steps):
            raise ValueError(
                f"response: warn_after {self.warn_after}, slow_after {self.slow_after} and disable_after "
                f"{self.disable_after} must not fall: a milder step comes first"
            )
        least = 3
        if 0 < self.kill_switch_after_users < least:
            raise ValueError(
                f"response.kill_switch_after_users: {self.kill_switch_after_users} would let two accounts "
                f"stop the chatbot for everybody; give at least {least}, or 0 to leave it to people"
            )
        return self
