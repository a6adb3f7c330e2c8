"""Names for things that an account, or all of AWS, has only once."""

from aws_cdk import Aws, Fn
from constructs import Construct


def unique_name(construct: Construct, kind: str) -> str:
    """`kind`, the last part of the stack's own id, and the construct's place in it.

    A name made of the stack's name would collide where the stack is deployed to two Regions of one account.

    Args:
        construct: What the name is for.
        kind: Start of the name, lower-case letters, digits and hyphens.
    """
    stack_uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID))
    return Fn.join("-", [kind, Fn.select(4, Fn.split("-", stack_uuid)), construct.node.addr[-8:]])
