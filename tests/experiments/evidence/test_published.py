"""The published effects of configs/evidence.yaml, and the page in step with them."""

import pytest
import yaml

from experiments.command.evidence import PAGE
from experiments.evidence.published import chosen, load_published, measurements
from scenarios.values.errors import InputError

GOOD = {
    "lever": "rd_subsidy", "gate": "range", "what": "research per yuan", "unit": "yuan/yuan", "point": 1,
    "low": 0.5, "high": 1.3, "kind": "studies", "citation": "Somebody (2000)", "trial": "grants.total",
}  # fmt: skip


def read(tmp_path, **rows):
    path = tmp_path / "evidence.yaml"
    path.write_text(yaml.safe_dump(rows, sort_keys=False), encoding="utf-8")
    return load_published.__wrapped__(path)


def without(*keys, **changes):
    return {key: value for key, value in GOOD.items() if key not in keys} | changes


def test_a_row_is_read_as_it_stands(tmp_path):
    row = read(tmp_path, A=GOOD)["A"]
    assert (row.subject, row.ends, row.recalled) == ("rd_subsidy", (0.5, 1.3), False)
    assert read(tmp_path, B=without("low", "high", "kind"))["B"].ends == (1, 1)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (without(citation=""), "citation"),
        (without("citation"), "has no 'citation'"),
        (without(unti="%"), "did you mean 'unit'"),
        (without(lever="rd_subsdy"), "unknown lever 'rd_subsdy' - did you mean 'rd_subsidy'?"),
        (without(trial="grants.totl"), "did you mean 'grants.total'?"),
        (without(unit="%"), "unit is '%', that of grants.total 'yuan/yuan'"),
        (without(low=2), "not low, point, high in order"),
        (without("high"), "needs both of 'low' and 'high'"),
        (without("kind"), "has a range and no 'kind'"),
        (without("point", "low", "high", "kind"), "has gate 'range' and no number"),
        (without(gate="sign"), "has gate 'sign' and no 'sign'"),
        (without(gate="maybe"), "gate"),
        (without(mechanism="demand"), "needs one of 'lever', 'mechanism' and 'waits'"),
        (without("lever", waits="a lever"), "waits for a lever and has a trial"),
        (without("trial"), "has neither 'trial' nor 'why'"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, table, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, A=GOOD, B=table)
    assert len(refused.value.messages) == 1
    assert said in refused.value.messages[0] and "evidence.yaml: B" in refused.value.messages[0]


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(InputError) as refused:
        read(tmp_path, A=without(lever="x"), B=without(low=2))
    assert len(refused.value.messages) == 2


def test_names_of_rows_trials_levers_and_mechanisms_choose_rows():
    rows = load_published()
    assert list(chosen(["E1"], rows)) == ["E1"]
    assert {row.trial for row in chosen(["talent"], rows).values()} >= {"talent.inflow"}
    assert {row.lever for row in chosen(["credit_guarantee"], rows).values()} == {"credit_guarantee"}
    assert chosen([], rows) == dict(rows)


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="unknown row or experiment 'talents' - did you mean 'talent'"):
        chosen(["talents", "E1"], load_published())


def test_every_measurement_has_a_published_row():
    rows = load_published().values()
    assert set(measurements()) - {row.trial for row in rows} == set()


def test_what_enters_the_model_as_a_coefficient_gets_no_verdict_twice():
    """Rows of both gates share a measurement only where a mechanism is between it and the coefficient."""
    by_trial = {}
    for row in load_published().values():
        by_trial.setdefault(row.trial, set()).add(row.gate)
    both = {name for name, gates in by_trial.items() if name and {"input", "range"} <= gates}
    assert both == {"deduction.real", "demand.elasticity_of_all"}


def test_every_row_that_may_miss_has_a_reason_beside_it():
    rows = load_published()
    judged = {name for name, row in rows.items() if row.gate in ("range", "sign") and row.sign != "none"}
    assert [name for name in judged if rows[name].waits is None and rows[name].why is None] == []


def test_the_page_has_a_line_for_every_row():
    text = PAGE.read_text("utf-8")
    missing = [name for name in load_published() if f"| {name} |" not in text]
    assert missing == []


def test_the_page_has_no_row_that_is_not_in_the_file():
    rows = set(load_published())
    lines = [line.split("|")[1].strip() for line in PAGE.read_text("utf-8").splitlines() if line[:2] == "| "]
    assert set(lines) - rows <= {"row", "---"}
