"""A run is identified by its values, not by names or spelling."""

from dataclasses import FrozenInstanceError, replace

import pytest

from scenarios.dated import replaced_from, simplified
from scenarios.digests import digest_of_files
from scenarios.region.folder import region_digest
from scenarios.spec import Closure, RunSpec, Scenario, run_id

DIGESTS = {"data": "d", "sources": "s"}
LEVERS = {"prize": {"winners": ((2016, 3.0),), "budget": ((2016, 1e8), (2018, 2e8))}}
BASELINE = Scenario(name="as_in_2020", base=None, levers=LEVERS)
SPEC = RunSpec(scenario=BASELINE, world="as_happened", parameters={"firms": {"step": 0.1}}, seed=7)


def test_the_name_of_a_scenario_is_no_part_of_a_run():
    renamed = replace(SPEC, scenario=replace(BASELINE, name="other", base="x"), point="lever.x=1")
    assert run_id(renamed, DIGESTS) == run_id(SPEC, DIGESTS)


@pytest.mark.parametrize(
    "other",
    [
        replace(SPEC, seed=8),
        replace(SPEC, replication=1),
        replace(SPEC, draw=1),
        replace(SPEC, scale=0.5),
        replace(SPEC, world="as_expected_in_2020"),
        replace(SPEC, parameters={"firms": {"step": 0.2}}),
        replace(SPEC, scenario=replace(BASELINE, closure=Closure.BORROW)),
        replace(SPEC, scenario=BASELINE.changed({("prize", "winners"): ((2021, 4.0),)})),
    ],
    ids=["seed", "replication", "draw", "scale", "world", "parameters", "closure", "lever"],
)
def test_another_value_is_another_run(other: RunSpec):
    assert run_id(other, DIGESTS) != run_id(SPEC, DIGESTS)


def test_other_data_or_sources_make_another_run():
    assert len({run_id(SPEC, {"data": d, "sources": s}) for d in "ab" for s in "ab"}) == 4


def test_the_order_of_keys_does_not_matter():
    backwards = {name: dict(reversed(fields.items())) for name, fields in LEVERS.items()}
    assert replace(SPEC, scenario=replace(BASELINE, levers=backwards)).canonical() == SPEC.canonical()


def test_whole_and_decimal_spelling_are_one_run():
    whole = replace(SPEC, scale=1, parameters={"firms": {"step": 0.1}})
    spelt = replace(
        BASELINE, levers={"prize": {"winners": ((2016, 3),), "budget": ((2016, 1e8), (2018, 200000000))}}
    )
    assert replace(whole, scenario=spelt).canonical() == SPEC.canonical()


def test_a_step_that_changes_nothing_is_no_difference():
    same = BASELINE.changed({("prize", "winners"): ((2021, 3.0),)})
    assert replace(SPEC, scenario=same).canonical() == SPEC.canonical()


def test_the_canonical_text_is_this():
    assert SPEC.canonical() == (
        '{"closure":"reprioritise","draw":0,"format":1,"levers":{"prize":{"budget":[[2016,100000000.0],'
        '[2018,200000000.0]],"winners":[[2016,3.0]]}},"parameters":{"firms":{"step":0.1}},'
        f'"region":"{region_digest("hunan")}","replication":0,'
        '"scale":1.0,"seed":7,"world":"as_happened","years":[2016,2025]}'
    )


def test_a_run_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        SPEC.seed = 3  # type: ignore[misc]


def test_a_change_replaces_everything_from_its_first_year_on():
    path = ((2016, 1.0), (2021, 2.0), (2023, 3.0))
    assert replaced_from(path, ((2022, 5.0),)) == ((2016, 1.0), (2021, 2.0), (2022, 5.0))
    assert replaced_from(path, ((2021, 1.0),)) == ((2016, 1.0),)


def test_minus_zero_is_written_as_zero():
    assert repr(simplified(((2016, -0.0),))) == "((2016, 0.0),)"


def test_public_cost_is_the_appropriations_of_2021_to_2025():
    assert BASELINE.public_cost() == 5 * 2e8
    assert BASELINE.changed({("prize", "budget"): ((2024, 0.0),)}).public_cost() == 3 * 2e8


def test_a_digest_sees_names_and_contents_but_not_windows_line_ends(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"x: 1\n")
    (tmp_path / "b.yaml").write_bytes(b"x: 1\r\n")
    a, b = tmp_path / "a.yaml", tmp_path / "b.yaml"
    before = digest_of_files(tmp_path, [b, a])
    assert before == digest_of_files(tmp_path, [a, b])
    b.write_bytes(b"x: 1\n")
    assert before == digest_of_files(tmp_path, [a, b])
    b.write_bytes(b"x: 2\n")
    assert before != digest_of_files(tmp_path, [a, b])
    assert digest_of_files(tmp_path, [a]) != digest_of_files(tmp_path, [b])
