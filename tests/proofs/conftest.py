from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proofs.kit import Kit


@pytest.fixture(params=["dev", "prod"])
def each_kit(request: pytest.FixtureRequest, assembly_of: Callable[[str], Path]) -> Kit:
    """The kit's templates, of one profile after the other."""
    return Kit(assembly_of(str(request.param)))


@pytest.fixture
def kit(assembly_of: Callable[[str], Path]) -> Kit:
    """The kit's templates of prod, to be bent."""
    return Kit(assembly_of("prod"))
