"""The one adaptor: adds to the emulator's CloudFormation what it lacks, and fails loudly after an upgrade."""

from importlib.metadata import version
from typing import cast

from genai_defense.local import (
    provisioners_baseline,
    provisioners_boundary,
    provisioners_documents,
    provisioners_network,
    provisioners_organization,
    provisioners_recorded,
    provisioners_tools,
)
from genai_defense.local.clients import emulator_module
from genai_defense.local.errors import LocalRunError
from genai_defense.local.provisioner import Handlers, Provisioner
from genai_defense.local.repairs import REPAIRS, REPLACED, WRAPPED, repaired

EMULATOR_VERSION = "1.5.33"
ADDED: dict[str, Provisioner] = {
    **provisioners_baseline.PROVISIONERS,
    **provisioners_boundary.PROVISIONERS,
    **provisioners_documents.PROVISIONERS,
    **provisioners_network.PROVISIONERS,
    **provisioners_organization.PROVISIONERS,
    **provisioners_recorded.PROVISIONERS,
    **provisioners_tools.PROVISIONERS,
}
_UPGRADE = (
    f"Install the pinned emulator (ministack=={EMULATOR_VERSION}: make setup), or adapt genai_defense/local/."
)


def handler_table() -> Handlers:
    """The emulator's private table of resource handlers. Raises LocalRunError when it is not where it was."""
    installed = version("ministack")
    if installed != EMULATOR_VERSION:
        raise LocalRunError(
            f"The adaptor fits ministack {EMULATOR_VERSION}, installed is {installed}.", _UPGRADE
        )
    table = getattr(emulator_module("services.cloudformation.provisioners"), "_RESOURCE_HANDLERS", None)
    if not isinstance(table, dict):
        raise LocalRunError("The emulator's CloudFormation has no _RESOURCE_HANDLERS table.", _UPGRADE)
    return cast("Handlers", table)


def extend(table: Handlers) -> None:
    """Add, replace and repair handlers. Raises LocalRunError when the table is not what this builds on."""
    if known := sorted(ADDED.keys() & table.keys()):
        raise LocalRunError(f"The emulator now has handlers of its own for {', '.join(known)}.", _UPGRADE)
    if missing := sorted((REPAIRS.keys() | REPLACED.keys() | WRAPPED.keys()) - table.keys()):
        raise LocalRunError(f"The emulator lost its handlers for {', '.join(missing)}.", _UPGRADE)
    for kind, provisioner in (ADDED | REPLACED).items():
        table[kind] = provisioner.handlers()
    for kind, wrap in WRAPPED.items():
        table[kind] = wrap(table[kind])
    for kind, repair in REPAIRS.items():
        table[kind] = repaired(table[kind], repair)


def install() -> None:
    """Extend the emulator of this process."""
    extend(handler_table())
