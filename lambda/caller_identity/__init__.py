"""Who calls: user, roles and tenant, read from the claims that API Gateway's authorizer has verified."""

from caller_identity.caller import Caller, IdentityError, caller_of

__all__ = ["Caller", "IdentityError", "caller_of"]
