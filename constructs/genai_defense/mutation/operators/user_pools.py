"""Cognito user pools: factors, passwords, threat protection, who signs up."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, at_least, at_most, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places

_POOL = "AWS::Cognito::UserPool"
_RISK = "AWS::Cognito::UserPoolRiskConfigurationAttachment"
_PASSWORD = "Policies.PasswordPolicy"  # noqa: S105 - the path of a property


@operator(id="pool-mfa-off", mutant_class=CONVENTIONAL, resource_types=(_POOL,))
def mfa_off(site: Site) -> Iterator[Weakening]:
    """Optional, and off."""
    present = site.get("MfaConfiguration")
    if present not in (None, "OFF"):
        gone = (site.edit(("EnabledMfas",)),) if is_set(site.get("EnabledMfas")) else ()
        yield site.weakening("A password is enough.", site.edit(("MfaConfiguration",), "OFF"), *gone)
    if present == "ON":
        yield site.weakening(
            "A second factor is up to the user.", site.edit(("MfaConfiguration",), "OPTIONAL")
        )


SIGN_UP = changed(
    "pool-self-sign-up",
    CONVENTIONAL,
    _POOL,
    "AdminCreateUserConfig.AllowAdminCreateUserOnly",
    value=False,
    sentence="Anybody makes an account.",
)
SIGN_UP_OUT = dropped(
    "pool-self-sign-up-by-default", CONVENTIONAL, _POOL, "AdminCreateUserConfig", "Anybody makes an account."
)
LENGTH = changed(
    "pool-password-short",
    CONVENTIONAL,
    _POOL,
    f"{_PASSWORD}.MinimumLength",
    at_most(6),
    "Six characters are enough.",
)
CLASSES = tuple(
    changed(
        f"pool-password-without-{name.lower()}",
        CONVENTIONAL,
        _POOL,
        f"{_PASSWORD}.Require{name}",
        value=False,
        sentence=f"A password needs no {name.lower()}.",
    )
    for name in ("Lowercase", "Numbers", "Symbols", "Uppercase")
)
LOWERCASE, NUMBERS, SYMBOLS, UPPERCASE = CLASSES
PASSWORDS = dropped(
    "pool-password-policy-removed", CONVENTIONAL, _POOL, _PASSWORD, "Passwords are those of AWS's default."
)
HISTORY = changed(
    "pool-password-again",
    CONVENTIONAL,
    _POOL,
    f"{_PASSWORD}.PasswordHistorySize",
    at_most(0),
    "Old passwords come again.",
)
TEMPORARY = changed(
    "pool-temporary-password-long",
    CONVENTIONAL,
    _POOL,
    f"{_PASSWORD}.TemporaryPasswordValidityDays",
    at_least(365),
    "A first password is good for a year.",
)
THREATS_WATCHED = changed(
    "pool-threats-only-watched",
    CONVENTIONAL,
    _POOL,
    "UserPoolAddOns.AdvancedSecurityMode",
    "AUDIT",
    "Threats are written down, and let in.",
)
THREATS_OFF = changed(
    "pool-threats-off",
    CONVENTIONAL,
    _POOL,
    "UserPoolAddOns.AdvancedSecurityMode",
    "OFF",
    "Nobody looks for threats.",
)
THREATS_OUT = dropped(
    "pool-threats-removed", CONVENTIONAL, _POOL, "UserPoolAddOns", "Nobody looks for threats."
)
PROTECTION = changed(
    "pool-deletable", CONVENTIONAL, _POOL, "DeletionProtection", "INACTIVE", "One call deletes all users."
)
ATTRIBUTES = dropped(
    "pool-address-unverified",
    CONVENTIONAL,
    _POOL,
    "UserAttributeUpdateSettings",
    "A new address counts before it is verified.",
)
RECOVERY = changed(
    "pool-recovery-by-sms",
    CONVENTIONAL,
    _POOL,
    "AccountRecoverySetting.RecoveryMechanisms",
    [{"Name": "verified_phone_number", "Priority": 1}],
    "A text message recovers an account.",
)
PASSKEYS = changed(
    "pool-passkey-unverified",
    CONVENTIONAL,
    _POOL,
    "WebAuthnUserVerification",
    "preferred",
    "A passkey opens without its user.",
)
TAKEOVER = changed(
    "pool-takeover-let-in",
    CONVENTIONAL,
    _RISK,
    "AccountTakeoverRiskConfiguration.Actions.HighAction.EventAction",
    "NO_ACTION",
    "A likely takeover is let in.",
)
COMPROMISED = changed(
    "pool-known-password-let-in",
    CONVENTIONAL,
    _RISK,
    "CompromisedCredentialsRiskConfiguration.Actions.EventAction",
    "NO_ACTION",
    "A password that is known to others is let in.",
)


@operator(id="pool-risk-let-in", mutant_class=CONVENTIONAL, resource_types=(_RISK,))
def risk(site: Site) -> Iterator[Weakening]:
    """Each lower risk is let in, and each part of the configuration goes."""
    for name in ("LowAction", "MediumAction"):
        for place in places(site.properties, f"AccountTakeoverRiskConfiguration.Actions.{name}.EventAction"):
            if place.value != "NO_ACTION":
                yield site.weakening(f"{name} is none.", site.edit(place.path, "NO_ACTION"))
    for name in ("AccountTakeoverRiskConfiguration", "CompromisedCredentialsRiskConfiguration"):
        if is_set(site.get(name)):
            yield site.weakening(f"{name} is gone.", site.edit((name,)))


IDENTITIES = changed(
    "identity-pool-guests",
    CONVENTIONAL,
    "AWS::Cognito::IdentityPool",
    "AllowUnauthenticatedIdentities",
    value=True,
    sentence="Guests get credentials.",
)
CLASSIC = changed(
    "identity-pool-classic-flow",
    CONVENTIONAL,
    "AWS::Cognito::IdentityPool",
    "AllowClassicFlow",
    value=True,
    sentence="Callers choose the role that they get.",
)
SERVER_SIDE = changed(
    "identity-pool-unchecked-token",
    CONVENTIONAL,
    "AWS::Cognito::IdentityPool",
    "CognitoIdentityProviders.*.ServerSideTokenCheck",
    value=False,
    sentence="A revoked token still gets credentials.",
)
