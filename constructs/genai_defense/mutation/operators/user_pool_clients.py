"""Clients of Cognito user pools: flows, tokens, callbacks, scopes."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped, number
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_plain, is_set
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array

_CLIENT = "AWS::Cognito::UserPoolClient"
_LONGEST = {
    "AccessTokenValidity": (24, "hours"),
    "IdTokenValidity": (24, "hours"),
    "RefreshTokenValidity": (3650, "days"),
}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


def _added(*new: str) -> Any:
    def change(raw: Any) -> Any:
        missing = [entry for entry in new if entry not in entries(raw)]
        return [*entries(raw), *missing] if is_array(raw) and missing else None

    return change


IMPLICIT = changed(
    "client-implicit-flow",
    CONVENTIONAL,
    _CLIENT,
    "AllowedOAuthFlows",
    _added("implicit"),
    "Tokens stand in addresses.",
)
PASSWORD = changed(
    "client-password-flow",
    CONVENTIONAL,
    _CLIENT,
    "ExplicitAuthFlows",
    _added("ALLOW_USER_PASSWORD_AUTH"),
    "The client sees passwords.",
    unset=False,
)
ADMIN_PASSWORD = changed(
    "client-admin-password-flow",
    CONVENTIONAL,
    _CLIENT,
    "ExplicitAuthFlows",
    _added("ALLOW_ADMIN_USER_PASSWORD_AUTH"),
    "A server signs users in with their passwords.",
)
REVOCATION = changed(
    "client-tokens-not-revocable",
    CONVENTIONAL,
    _CLIENT,
    "EnableTokenRevocation",
    value=False,
    sentence="A token cannot be taken back.",
)
EXISTENCE = changed(
    "client-tells-who-exists",
    CONVENTIONAL,
    _CLIENT,
    "PreventUserExistenceErrors",
    "LEGACY",
    "Errors tell which users exist.",
)
SCOPES = changed(
    "client-more-scopes",
    CONVENTIONAL,
    _CLIENT,
    "AllowedOAuthScopes",
    _added("aws.cognito.signin.user.admin"),
    "The client changes users' accounts.",
)
CONTEXT = dropped(
    "client-secret-removed",
    CONVENTIONAL,
    _CLIENT,
    "GenerateSecret",
    "Anybody is the client.",
    when=lambda raw: raw in (True, "true"),
)
READS = dropped(
    "client-reads-all-attributes", CONVENTIONAL, _CLIENT, "ReadAttributes", "It reads every attribute."
)
WRITES = dropped(
    "client-writes-all-attributes", CONVENTIONAL, _CLIENT, "WriteAttributes", "It writes every attribute."
)
ROTATION = dropped(
    "client-refresh-not-rotated",
    CONVENTIONAL,
    _CLIENT,
    "RefreshTokenRotation",
    "A stolen refresh token stays good.",
)


@operator(id="client-callback-http", mutant_class=CONVENTIONAL, resource_types=(_CLIENT,))
def callback(site: Site) -> Iterator[Weakening]:
    """Codes go to an address in the clear, or of somebody else."""
    for name in ("CallbackURLs", "LogoutURLs"):
        present = site.get(name)
        if is_array(present):
            yield site.weakening(
                f"{name} has an address in the clear.",
                site.edit((name,), [*present, "http://app.example.net/back"]),
            )


@operator(id="client-tokens-long", mutant_class=CONVENTIONAL, resource_types=(_CLIENT,))
def tokens(site: Site) -> Iterator[Weakening]:
    """Each kind of token as long as Cognito allows."""
    units = site.get("TokenValidityUnits")
    for name, (value, unit) in _LONGEST.items() if units is None or is_plain(units) else ():
        kind = name.removesuffix("Validity")
        present = number(site.get(name))
        default = "days" if kind == "RefreshToken" else "hours"
        known = site.get("TokenValidityUnits", kind)
        given = known if isinstance(known, str) and known in _SECONDS else default
        if is_set(site.get(name)) and (present is None or present * _SECONDS[given] < value * _SECONDS[unit]):
            yield site.weakening(
                f"{kind} is good for {value} {unit}.",
                site.edit((name,), value),
                site.edit(("TokenValidityUnits", kind), unit),
            )
