"""Whose key encrypts a resource."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.policy import wildcards
from genai_defense.checks.values import GIVEN, Value, first_unresolved, shown


def customer_managed_key(key: Value, path: str) -> Answer:
    """Whether a key property names a key of one's own; the answer stands at `path`.

    A key that the deployment gives by a parameter is one of its own: nobody passes the service's key there.
    """
    if not key or "alias/aws/" in wildcards(key):
        return NonCompliant(path, f"the key is {shown(key)}: not one of your own")
    unresolved = first_unresolved(key)
    if unresolved and not unresolved.reason.endswith(GIVEN):
        return Unknown(path, unresolved.why)
    return Compliant(f"encrypted under a customer managed key ({shown(key)})")
