"""`region check` says line by line what a region's data lack or contradict, and nothing of a whole one."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.__main__ import main
from scenarios.load import CONFIGS
from scenarios.region.check import faults
from scenarios.region.folder import NEEDED

Spoil = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Hunan that a test may spoil."""
    return Path(shutil.copytree(CONFIGS / "region" / "hunan", tmp_path / "mine"))


def edited(name: str, old: str, new: str) -> Spoil:
    """A change of one file."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert re.search(old, text)
        (folder / name).write_text(re.sub(old, new, text, count=1), "utf-8")

    return edit


def crowded(folder: Path) -> None:
    """257 places instead of fourteen."""
    places = "".join(f"  p{i}: {{zh: 'p{i}', en: P{i}, group: a}}\n" for i in range(257))
    text = f"prefectures:\n{places}groups: {{a: {{zh: a, en: A}}}}\n"
    (folder / "prefectures.yaml").write_text(text, "utf-8")


SPOILT: dict[str, tuple[Spoil, str]] = {
    "a place without group": (
        edited("prefectures.yaml", r"(chenzhou: \{.*), group: xiangzhongnan", r"\1"),
        "prefectures.yaml: chenzhou has no group",
    ),
    "two places of one name": (
        edited("prefectures.yaml", "en: Zhuzhou", "en: Changsha"),
        "changsha and zhuzhou are both called 'Changsha'",
    ),
    "two places of one key": (
        edited("prefectures.yaml", "  zhuzhou: ", "  changsha: "),
        "'changsha' stands twice",
    ),
    "more than 256 places": (crowded, "prefectures.yaml: 257 of kind place; at most 256"),
    "shares of places": (
        edited("carriers.yaml", r"(prefecture_share:(?:.|\n)*?values: \{changsha: )[0-9.]+", r"\g<1>0.01"),
        "carriers.yaml: prefecture_share adds to ",
    ),
    "shares of firms": (
        edited("marginals.yaml", r"(\nprefecture_share:(?:.|\n)*?values: \{changsha: )[0-9.]+", r"\g<1>0.01"),
        "marginals.yaml: prefecture_share adds to ",
    ),
    "a grid of another shape": (
        edited("marginals.yaml", r"(location_quotient:(?:.|\n)*?changsha: +\[)[0-9.]+, ", r"\1"),
        "marginals.yaml: location_quotient needs 9 values for changsha",
    ),
    "a place without distance": (
        edited("prefectures.yaml", r"(latitude:(?:.|\n)*?)changsha: 28.23, ", r"\1"),
        "latitude has no value for changsha",
    ),
    "a budget without a year": (
        edited("series.yaml", r'"2015": 2515.4, ', ""),
        "budget_revenue has no value for 2015",
    ),
    "inventions of other owners without a year": (
        edited("series.yaml", r'(invention_patents_others:(?:.|\n)*?)"2016": 1484, ', r"\1"),
        "invention_patents_others has no value for 2016",
    ),
    "inventions of other owners below none": (
        edited("series.yaml", r'(invention_patents_others:(?:.|\n)*?"2016": )1484', r"\g<1>-1"),
        "in 2016 is -1, outside 0 to 20000 (patents in force)",
    ),
    "a target on an unknown base": (
        edited("targets.yaml", "base: hnte_2020", "base: hnte_2200"),
        "hnte_count: unknown base 'hnte_2200' - did you mean 'hnte_2020'?",
    ),
    "a carrier family without a name": (
        edited("carriers.yaml", r"(families:\n(?:.|\n)*?)zh: [^,}]+, ", r"\1"),
        "carriers.yaml: ",
    ),
    "a place whose industry's research is not told": (
        edited("prefectures.yaml", r"(research_intensity:(?:.|\n)*?)changsha: 1.6, ", r"\1"),
        "research_intensity has no value for changsha",
    ),
    "less than no research": (
        edited("prefectures.yaml", r"(research_intensity:(?:.|\n)*?changsha: )1.6", r"\g<1>-1.6"),
        "research_intensity",
    ),
    "no research at all, which has no logarithm": (
        edited(
            "prefectures.yaml",
            r"(research_intensity:(?:.|\n)*?)\[0.1, 5\]((?:.|\n)*?changsha: )1.6",
            r"\1[0, 5]\g<2>0",
        ),
        "research_intensity must lie between 0 and 100 %, not changsha 0%",
    ),
    "fewer firms with research than certified ones": (
        edited(
            "marginals.yaml",
            r"(research_share:(?:.|\n)*?range: )\[0.2, 0.6\]\n  value: 0.25",
            r"\1[0, 1]\n  value: 0.1",
        ),
        "marginals.yaml: research_share is below the certified firms' 0.123",
    ),
    "more certified firms than seek to be": (
        edited(
            "parameters/synthesis.yaml",
            r"(\nresearch_share: .*?range: )\[0.2, 0.6\], prior: \{.*?\"\}, value: 0.25",
            r"\1[0.1, 0.6], value: 0.128",
        ),
        "certification_ceiling is 0.95, but at the end of 2015 already 0.963 of",
    ),
    "no baseline": (lambda folder: (folder / "scenario/as_in_2020.yaml").unlink(), "as_in_2020"),
    "no usual world": (
        lambda folder: (folder / "world/as_known_in_august_2021.yaml").unlink(),
        "has no as_known_in_august_2021.yaml, which runs take unless told otherwise",
    ),
    "a bad world": (
        edited("world/as_happened.yaml", "base: as_expected_in_2020", "base: x"),
        "unknown world 'x'",
    ),
}


def test_hunan_is_complete(capsys: pytest.CaptureFixture[str]):
    assert main(["region", "check", "hunan"]) == 0
    assert capsys.readouterr().out == "hunan: complete\n"


@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_is_missing_is_one_line(folder: Path, name: str):
    (folder / f"{name}.yaml").unlink()
    lines = faults(str(folder))
    assert lines.count(f"{folder} has no {name}.yaml") == 1
    assert all("\n" not in line for line in lines)


@pytest.mark.parametrize(("spoil", "told"), SPOILT.values(), ids=SPOILT.keys())
def test_what_contradicts_is_told(folder: Path, spoil: Spoil, told: str):
    spoil(folder)
    assert any(told in line for line in faults(str(folder))), faults(str(folder))


def test_every_fault_is_told_at_once_and_ends_with_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (folder / "funds.yaml").unlink()
    edited("series.yaml", r'"2015": 2515.4, ', "")(folder)
    monkeypatch.chdir(folder.parent)
    assert main(["region", "check", "mine"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 2, said.err


@pytest.mark.parametrize("words", [["region"], ["region", "check"], ["region", "chek", "hunan"]])
def test_region_without_check_and_folder_is_refused_in_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_unknown_region_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]):
    assert main(["region", "check", "hunam"]) == 2
    assert "did you mean 'hunan'" in capsys.readouterr().err


# --- the same at the door of a sweep ---------------------------------------------------------------------


@pytest.fixture
def lakeland(tmp_path: Path) -> Path:
    """A copy of the made-up region that a test may spoil."""
    return Path(shutil.copytree(Path(__file__).parents[2] / "regions" / "lakeland", tmp_path / "lake"))


def append(folder: Path, values: str) -> None:
    """Take-up of certificates by place, which a region may state."""
    rest = "unit: ratio, range: [0.2, 5], status: assumption, source: made up"
    with (folder / "prefectures.yaml").open("a", encoding="utf-8") as file:
        file.write(f"certificate_take_up: {{{values}, {rest}}}\n")


REFUSED: dict[str, tuple[Spoil, str]] = {
    "no file of funds": (lambda folder: (folder / "funds.yaml").unlink(), "has no funds.yaml; "),
    "take-up of a place that is none": (
        lambda folder: append(folder, "values: {harbor: 2}"),
        "certificate_take_up: unknown name 'harbor' - did you mean 'harbour'?",
    ),
    "take-up below nothing": (lambda folder: append(folder, "values: {harbour: -1}"), "harbour is -1"),
    "no worlds": (lambda folder: shutil.rmtree(folder / "world"), "has no world/; "),
    "a place without group": (edited("prefectures.yaml", ", group: inland", ""), "upland has no group"),
    "a group without place": (
        edited("prefectures.yaml", "(: inland)(.*\n.*): inland", r": shores\2: shores"),
        "no prefecture belongs to group inland",
    ),
    "research of 80 per cent": (edited("prefectures.yaml", "harbour: 50,", "harbour: 30,"), "adds to 0.8000"),
    "carriers of 110 per cent": (edited("carriers.yaml", "harbour: 0.6,", "harbour: 0.7,"), "adds to 1.1000"),
    "a split of 90 per cent": (edited("base.yaml", "machines: 0.4,", "machines: 0.3,"), "adds to 0.9"),
    "funds of 120 per cent": (edited("funds.yaml", "machines: 0.6,", "machines: 0.8,"), "adds to 1.2"),
    "firms of 110 per cent": (edited("marginals.yaml", "harbour: 0.5,", "harbour: 0.6,"), "adds to 1.1"),
    "graduates of 110 per cent": (edited("talent.yaml", "university: 0.5", "university: 0.6"), "1.1"),
    "two places of one word": (edited("prefectures.yaml", "en: Upland", "en: Harbour"), "called 'Harbour'"),
    "two industries of one word": (edited("industries.yaml", "en: Drugs", "en: Ships"), "called 'Ships'"),
    "more than 256 places": (crowded, "257 of kind place; at most 256"),
    "a place of two words": (edited("prefectures.yaml", "  island: ", "  'the isle': "), "'the isle'"),
    "networks by nobody": (
        edited("industries.yaml", "network_supplier: software", "network_supplier: sofware"),
        "unknown network_supplier 'sofware' - did you mean 'software'?",
    ),
    "a tax that is none": (
        edited("industries.yaml", "vat: modern_services", "vat: services"),
        "software: unknown vat 'services' - did you mean 'modern_services'?",
    ),
    "a region without a name": (edited("prefectures.yaml", "region: .*\n", ""), "yaml has no region"),
    "a lever out of range": (edited("levers.yaml", '"2017": 0.1', '"2017": 0.7'), "rate in 2017 is 0.7"),
    "a measure that is none": (edited("levers.yaml", "M1", "M1, M9"), "unknown measure 'M9'"),
    "other owners below none": (
        edited(
            "series.yaml",
            "\nbudget_revenue:",
            "\ninvention_patents_others: {unit: patents, range: [0, 9], values: {'2015': -3}, "
            "status: assumption, source: s}\nbudget_revenue:",
        ),
        "invention_patents_others[0] in 2015 is -3, outside 0 to 9 (patents)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_a_sweep_of_such_a_region_is_refused_in_one_line(
    lakeland: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Spoil, told: str
):
    spoil(lakeland)
    results = tmp_path / "results"
    assert main(["sweep", f"region={lakeland}", "scenario=as_in_2020", f"results={results}"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and told in said, said
    assert not results.exists()


def test_a_folder_that_is_no_region_is_refused_as_such(capsys: pytest.CaptureFixture[str]):
    for words in ([], ["scenario=plan"]):
        assert main(["sweep", "region=/etc", *words]) == 2
        said = capsys.readouterr().err
        assert said.startswith("region '/etc' has no base.yaml, carriers.yaml, ") and said.count("\n") == 1
