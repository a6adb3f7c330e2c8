"""Policy stores and their policies, for the stand-in of Verified Permissions."""

from genai_defense.local.provisioner import Props, Provisioner, Result, account_and_region, stable_hex
from genai_defense.local.verified_permissions import STORES, PolicyError, Store


def store_arn(store_id: str) -> str:
    """The ARN of a policy store of the stack's account."""
    account, _ = account_and_region()
    return f"arn:aws:verifiedpermissions::{account}:policy-store/{store_id}"


def _create_store(logical_id: str, props: Props, stack_name: str) -> Result:
    if props["ValidationSettings"]["Mode"] != "STRICT":
        raise PolicyError("the stand-in knows STRICT validation only")
    account, _ = account_and_region()
    store_id = stable_hex(account, stack_name, logical_id, length=22)
    STORES[store_id] = Store(schema=props["Schema"]["CedarJson"])
    return store_id, {"Arn": store_arn(store_id), "PolicyStoreId": store_id}


def _delete_store(physical_id: str, _props: Props) -> None:
    STORES.pop(physical_id, None)


def _create_policy(logical_id: str, props: Props, stack_name: str) -> Result:
    account, _ = account_and_region()
    policy_id = stable_hex(account, stack_name, logical_id, length=22)
    store_id: str = props["PolicyStoreId"]
    STORES[store_id].put(policy_id, props["Definition"]["Static"]["Statement"])
    return f"{policy_id}|{store_id}", {"PolicyId": policy_id, "PolicyType": "STATIC"}


def _delete_policy(physical_id: str, _props: Props) -> None:
    policy_id, _, store_id = physical_id.partition("|")
    if store := STORES.get(store_id):
        store.policies.pop(policy_id, None)


PROVISIONERS = {
    "AWS::VerifiedPermissions::PolicyStore": Provisioner(create=_create_store, delete=_delete_store),
    "AWS::VerifiedPermissions::Policy": Provisioner(create=_create_policy, delete=_delete_policy),
}
