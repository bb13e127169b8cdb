"""Sets of parameters drawn from their priors: what a candidate gives, and what of a file is refused."""

from pathlib import Path
from shutil import copytree

import pytest

from scenarios.drawn import changed, drawn_values, load_drawn, priors_digest
from scenarios.load import CONFIGS, central_values, load_parameters
from scenarios.values.errors import InputError
from scenarios.values.number import Number, read_number

SCALE = "firms.research_scale"
MEASURED = {"unit": "share", "range": [0, 2], "value": 1.0, "source": "s", "status": "assumption"}


@pytest.fixture
def configs(tmp_path: Path) -> Path:
    """The shipped configuration, in a place where a test may write."""
    return Path(copytree(CONFIGS, tmp_path / "configs"))


def numbers_with(**changes: object) -> dict[str, dict[str, Number]]:
    """Two parameters, of which `drawn` has a distribution."""
    prior = {"uniform": [0.5, 1.5], "reason": "r"}
    tables = {"drawn": MEASURED | {"prior": prior} | changes, "fixed": MEASURED}
    return {"firms": {name: read_number(table, name) for name, table in tables.items()}}


def write(configs: Path, kept: str = "[[0, 0.03], [5, 0.02]]", tried: int = 8, **other: str) -> None:
    """A prior.yaml for the shipped region."""
    lines = {"priors": priors_digest(load_parameters(configs)), "tried": str(tried), "solved": f"[{SCALE}]"}
    lines |= {"kept": kept} | other
    text = "".join(f"{key}: {value}\n" for key, value in lines.items())
    (configs / "region/hunan/prior.yaml").write_text(text, "utf-8")


def test_a_candidate_draws_what_has_a_distribution_and_nothing_else():
    first, second = (drawn_values(numbers_with(), candidate) for candidate in (0, 1))
    assert list(first) == [("firms", "drawn")]
    assert 0.5 <= first["firms", "drawn"] <= 1.5
    assert first != second
    assert first == drawn_values(numbers_with(), 0)


def test_the_checksum_of_priors_tells_distributions_ranges_and_values_apart():
    other = [
        numbers_with(),
        numbers_with(prior={"uniform": [0.6, 1.5], "reason": "r"}),
        numbers_with(prior={"log_uniform": [0.5, 1.5], "reason": "r"}),
        numbers_with(range=[0, 3]),
        numbers_with(value=1.1),
    ]
    assert len({priors_digest(numbers) for numbers in other}) == len(other)
    assert priors_digest(numbers_with(source="t")) == priors_digest(numbers_with())


def test_a_set_is_the_draw_of_its_candidate_with_the_solved_constants(configs):
    write(configs)
    drawn = load_drawn(folder=configs)
    assert (len(drawn.sets), drawn.kept, drawn.tried, drawn.share_kept) == (2, 2, 8, 0.25)
    assert drawn.sets[1] == drawn_values(load_parameters(configs), 5) | {("firms", "research_scale"): 0.02}


def test_a_changed_set_of_parameters_leaves_the_central_ones_alone(configs):
    central = central_values(load_parameters(configs))
    before = central["firms"]["quality_weight"]
    other = changed(central, {("firms", "quality_weight"): 1.25})
    assert (central["firms"]["quality_weight"], other["firms"]["quality_weight"]) == (before, 1.25)
    other["firms"]["quality_weight"] = before
    assert other == central


def test_without_a_file_the_reader_is_told_how_to_make_one(configs):
    (configs / "region/hunan/prior.yaml").unlink(missing_ok=True)
    with pytest.raises(InputError, match=r"has no prior.yaml.*sanxiang prior --write"):
        load_drawn(folder=configs)


def test_draws_that_other_values_led_to_are_refused(configs):
    write(configs)
    path = configs / "parameters/firms.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 0.047", "value: 0.048"), "utf-8")
    load_parameters.cache_clear()
    with pytest.raises(InputError, match="drawn from other priors or values"):
        load_drawn(folder=configs)


@pytest.mark.parametrize(
    ("kept", "other", "said"),
    [
        ("[[0, 99]]", {}, r"row 1: firms.research_scale is 99"),
        ("[[0.5, 0.03]]", {}, "row 1: expected a candidate and 1 solved values"),
        ("[[-1, 0.03]]", {}, "row 1: expected a candidate and 1 solved values"),
        ("[[0]]", {}, "row 1: expected a candidate and 1 solved values"),
        ("[]", {}, "0 sets kept of 8 tried"),
        ("[[0, 0.03]]", {"tried": "0"}, "tried"),
        ("[[0, 0.03]]", {"solved": "[firms.reserch_scale]"}, "'firms.reserch_scale' is no parameter"),
        ("[[0, 0.03]]", {"more": "1"}, "unknown key 'more'"),
    ],
)
def test_a_damaged_file_is_refused_in_one_line(configs, kept, other, said):
    write(configs, kept, **other)
    with pytest.raises(InputError, match=said) as refused:
        load_drawn(folder=configs)
    assert len(refused.value.messages) == 1
