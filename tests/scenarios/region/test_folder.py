"""A region is a folder: chosen by name or path, and known by what it holds."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scenarios.load import CONFIGS, load_scenarios
from scenarios.measures import load_measures
from scenarios.region.folder import lasting_region, region_digest, region_folder
from scenarios.region.region import load_region
from scenarios.spec import RunSpec
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from scenarios.worlds.world import load_world

SPEC = RunSpec(load_scenarios()["plan"], "as_expected_in_2020", {"firms": {"step": 0.1}})


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of a user's own with everything of Hunan."""
    return Path(shutil.copytree(CONFIGS / "region" / "hunan", tmp_path / "my_province"))


def added(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_an_unknown_region_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="unknown region 'hunnan' - did you mean 'hunan'"):
        region_folder("hunnan")


def test_a_path_without_a_folder_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as refused:
        region_folder("./nowhere")
    assert refused.value.messages == ("region './nowhere': no such folder",)


def test_a_folder_on_disk_holds_a_whole_province(copy: Path):
    region = str(copy)
    assert load_region(region).prefectures.names == load_region("hunan").prefectures.names
    assert load_region(region).name == "my_province"
    assert list(load_scenarios(region=region)) == list(load_scenarios())
    assert list(load_targets(region=region)) == list(load_targets())
    assert list(load_measures(region)) == list(load_measures())
    assert load_world("as_happened", region).paths == load_world("as_happened").paths


def test_where_a_region_lies_does_not_matter_to_a_run(copy: Path):
    assert replace(SPEC, region=str(copy)).canonical() == SPEC.canonical()


@pytest.mark.parametrize("name", ["base.yaml", "world/as_happened.yaml"])
def test_what_a_region_holds_makes_another_run(copy: Path, name: str):
    added(copy / name, "\n# a word more\n")
    assert replace(SPEC, region=str(copy)).canonical() != SPEC.canonical()


@pytest.mark.parametrize("name", ["measures.yaml", "targets.yaml", "scenario/plan.yaml"])
def test_measures_and_scenarios_of_a_region_make_no_other_run(copy: Path, name: str):
    added(copy / name, "\n# a word more\n")
    assert region_digest(str(copy)) == region_digest("hunan")


def test_a_path_is_kept_in_full_and_a_name_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert lasting_region("./mine") == str(tmp_path / "mine")
    assert lasting_region("hunan") == "hunan"
