"""A copy of the small site of tests/site for each test, to break one thing and see what is said.

tests/changes.py has the ways of breaking it, and `revisar`.
"""

import os
from pathlib import Path

import pytest
from changes import small_world
from hypothesis import HealthCheck, settings
from sitio import ADDRESS, shared_build, shared_folder

# The same examples every time, and no limit by the clock: a slow machine is not a mistake.
settings.register_profile(
    "fichero",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("fichero")


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """The small site of `changes`."""
    return small_world(tmp_path / "sitio")


@pytest.fixture
def site(small_site: Path) -> Path:
    """The same; the tests of the browser call so the real one."""
    return small_site


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, as it is published; one build for all the workers."""
    return shared_build(shared_folder(tmp_path_factory), "sitio", FICHERO_SITIO=ADDRESS)


@pytest.fixture(scope="session")
def built_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real copy without network; its ZIP is beside it."""
    return shared_build(shared_folder(tmp_path_factory), "copia", FICHERO_SITIO=ADDRESS, FICHERO_SIN_RED="1")


@pytest.fixture(autouse=True)
def _no_git_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run from a git hook find the hook's repository in these variables."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
