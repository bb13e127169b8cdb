"""Copies that desktops, editors and synchronisers leave among configs and sources do not count."""

import shutil

import pytest

from agents.engine.cache_folder import digest_of_sources
from experiments.store.header import difference, header
from scenarios.digests import data_digest, source_digest
from scenarios.lever import read_levers
from scenarios.load import CONFIGS, load_choices, load_parameters, load_scenarios
from scenarios.region.folder import choice_names
from scenarios.values.file_names import python_files_below, yaml_files, yaml_files_below
from scenarios.values.parameters import parameter_names
from scenarios.worlds.world import world_names

COPIES = (
    "{0} (copy).{1}", "{0} copy.{1}", "{0} (1).{1}", "._{0}.{1}", ".#{0}.{1}", ".{0}.{1}.swp", "#{0}.{1}#",
    "{0}.{1}~", "{0}.sync-conflict-20261129-051500-ABCDEFG.{1}", "{0} (conflicted copy 2026-11-29).{1}",
    "{0}.{1}.orig", ".DS_Store", "Thumbs.db", "desktop.ini", ".{0}.{1}", "{0}.bak.{1}",
)  # fmt: skip
FLOORS = ("agents", "scenarios", "sim", "configs")


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    """The project's files, and the same with a copy of every kind beside each file and folder."""
    clean, littered = tmp_path_factory.mktemp("clean"), tmp_path_factory.mktemp("littered")
    for root in (clean, littered):
        for floor in FLOORS:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(CONFIGS.parent / floor, root / floor, ignore=ignored)
    for path in [path for path in littered.rglob("*.*") if path.suffix in (".py", ".yaml")]:
        for copy in COPIES:
            (path.parent / copy.format(path.stem, path.suffix[1:])).write_text("\0not: [for reading")
    shutil.copytree(littered / "configs" / "region" / "hunan", littered / "configs" / "region" / "hunan copy")
    shutil.copytree(littered / "agents" / "firms", littered / "agents" / "firms (1)")
    return clean, littered


READERS = {
    "digest of data": lambda root: data_digest(root / "configs"),
    "digest of sources": source_digest,
    "digest of compiled code": digest_of_sources,
    "parameters": lambda root: load_parameters(root / "configs"),
    "levers": lambda root: read_levers(root / "configs" / "lever"),
    "scenarios": lambda root: load_scenarios(folder=root / "configs"),
    "experiments": lambda root: load_choices("experiment", root / "configs"),
    "names": lambda root: [
        choice_names(group, root / "configs") for group in ("scenario", "executor", "experiment")
    ],
    "worlds": lambda root: world_names(root / "configs" / "region" / "hunan"),
    "names of parameters": lambda root: parameter_names(root / "agents"),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_a_reader_finds_the_same_with_copies_beside_every_file(trees, read):
    clean, littered = trees
    assert read(clean) == read(littered) and read(clean)


def test_no_results_folder_differs_because_of_a_copy(trees):
    clean, littered = trees
    assert difference(header(root=clean), header(root=littered)) == ""


def test_every_file_of_the_project_counts():
    for part in ("lever", "parameters", "region", "experiment"):
        assert set(yaml_files_below(CONFIGS / part)) == set((CONFIGS / part).rglob("*.yaml"))
    for floor in ("agents", "scenarios", "sim"):
        folder = CONFIGS.parent / floor
        assert {*python_files_below(folder)} == {*folder.rglob("*.py")}


def test_a_copy_of_a_module_of_a_lever_is_no_lever(tmp_path, monkeypatch):
    package = tmp_path / "ownlevers"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "voucher (copy).py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    assert read_levers(tmp_path / "none", "ownlevers") == {}


def test_a_name_of_ones_own_with_a_hyphen_or_in_chinese_counts(tmp_path):
    for name in ("my-plan", "湖南", "a_1"):
        (tmp_path / f"{name}.yaml").write_text("")
    assert [path.stem for path in yaml_files(tmp_path)] == ["a_1", "my-plan", "湖南"]
