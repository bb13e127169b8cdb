"""Levers of education and amenities in the model: nothing at zero, money to the yuan, what they move."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.money.flows import AccountingError, Flow
from agents.people.amenities import Amenities
from agents.people.education import Education
from agents.people.talent_market import TalentMarket
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import choose
from sim.people import identities
from sim.run import past_of

SCALE = 0.02
COLUMN = series_of().column
LEVERS = load_levers()
TEACHING = {
    ("education_and_training", "enrolment"): 0.1,
    ("education_and_training", "training"): 60_000.0,
    ("education_and_training", "technician_pay"): 1_000.0,
    ("education_and_training", "budget"): 3e9,
}
HOMES = {("talent_amenities", "budget"): 5e9}


@pytest.fixture(scope="module")
def end_of_2020():
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes):
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 20, {})


@pytest.fixture(scope="module")
def taught(end_of_2020):
    return branch(end_of_2020, 20, TEACHING)


@pytest.fixture(scope="module")
def housed(end_of_2020):
    return branch(end_of_2020, 20, HOMES)


def course(model, name):
    return model.series[20:, COLUMN[name]]


def test_without_money_or_without_terms_nothing_is_taught(usual, end_of_2020):
    terms = {key: value for key, value in TEACHING.items() if key[1] != "budget"}
    wrong = differences(usual, branch(end_of_2020, 20, terms))
    assert [one for one in wrong if "offers" not in one] == []
    money = branch(end_of_2020, 20, {("education_and_training", "budget"): 1e9})
    assert not course(money, "programme_education_and_training").any()


def test_students_graduate_in_their_summers_and_trainees_learn_within_a_year(taught):
    graduates, trained = course(taught, "study_graduates"), course(taught, "trained")
    assert np.flatnonzero(graduates).tolist() == [14, 18]  # summers of 2024 and 2025, enrolled in autumn 2021
    assert np.flatnonzero(trained).tolist() == [7, 11, 15, 19]
    assert (np.diff(course(taught, "study_places")[[3, 7, 11]]) > 0).all()


def test_more_skilled_people_are_there_and_skilled_work_is_learned(taught, usual):
    for name, sign in (("skilled_workers", 1), ("unlearned_work", -1), ("tightness", -1)):
        assert sign * (course(taught, name)[-1] - course(usual, name)[-1]) > 0, name


def test_the_programme_pays_for_study_training_and_technicians_and_that_alone(taught):
    programme = taught.economy.governments.programmes["education_and_training"]
    education = taught.economy.of(Education)
    p = education.parameters
    places = education.students * round(p.seat_cost) + education.trainees * round(p.training_cost)
    technicians = p.technicians * taught.economy.talent.skilled.before.sum()
    assert education.paid - places == pytest.approx(1_000 * technicians, rel=0.1)  # some left since
    assert course(taught, "programme_education_and_training")[-1] == education.paid == programme.disbursed
    assert education.top_up == taught.economy.talent.skilled.top_up > 0.0


def test_no_one_is_taught_before_the_money_is_there_and_value_added_waits(taught, usual):
    assert (course(taught, "sei_value_added")[:3] == course(usual, "sei_value_added")[:3]).all()


def test_trainees_learn_at_schools_where_nobody_wants_skilled_work(end_of_2020, monkeypatch):
    monkeypatch.setattr(TalentMarket, "see", lambda market, staff, wanted, *rest: None)
    nobody = branch(end_of_2020, 0, TEACHING)
    nobody.economy.talent.wanted = np.zeros_like(nobody.economy.talent.wanted)
    for _ in range(4):
        nobody.step()
    assert nobody.economy.of(Education).trainees > 0
    assert course(nobody, "programme_education_and_training")[3] > 0


def test_when_the_money_ends_students_leave_and_technicians_lose_their_pay(end_of_2020):
    model = branch(
        end_of_2020, 12, {**TEACHING, ("education_and_training", "budget"): {2021: 3e9, 2023: 0.0}}
    )
    education = model.economy.of(Education)
    assert education.students == education.trainees == 0
    assert education.top_up == model.economy.talent.skilled.top_up == 0.0


def test_places_open_a_year_after_they_are_paid_and_serve_talent(housed, usual):
    places = course(housed, "amenity_places")
    assert not places[:5].any() and (places[5:] > 0).all()
    spent, cost = course(housed, "amenity_works"), 300_000.0
    assert 0.5 * spent[:16].sum() / cost < places[-1] < spent[:16].sum() / cost
    assert course(housed, "talent")[-1] > course(usual, "talent")[-1]


def test_places_are_paid_for_at_home_and_outside_to_the_yuan(housed):
    programme = housed.economy.governments.programmes["talent_amenities"]
    assert programme.disbursed == round(course(housed, "amenity_works")[-4:].sum())
    assert programme.disbursed == programme.appropriated


def test_a_block_builds_in_its_prefectures_alone(end_of_2020):
    blocks = {"where": ["changsha"], "budget": {2021: 2e9}}
    spec = choose(scale=SCALE)
    changed = spec.scenario.changed({
        ("talent_amenities", "blocks"): lever_change("talent_amenities", "blocks", [blocks], LEVERS)
    })  # fmt: skip
    model = end_of_2020.branch(replace(spec, scenario=changed))
    for _ in range(8):
        model.step()
    assert np.flatnonzero(model.economy.of(Amenities).places).tolist() == [0]


def test_accounts_are_those_of_the_files():
    assert Flow.UNIVERSITY_CORE.name == LEVERS["education_and_training"].about.programme.account
    assert Flow.INFRASTRUCTURE.name == LEVERS["talent_amenities"].about.programme.account


# --- what is broken is found -----------------------------------------------------------------------------


def broken_by(model, change, message):
    economy = model.economy
    economy.quarter -= 1  # of the last quarter's books
    try:
        undo = change(economy)
        with pytest.raises(AccountingError, match=message):
            identities.check(economy, None)
        undo()
        identities.check(economy, None)
    finally:
        economy.quarter += 1


def test_a_student_from_nowhere_is_found(taught):
    def change(economy):
        studying = economy.of(Education).studying
        studying[99] = 1
        return lambda: studying.pop(99)

    broken_by(taught, change, "I10 education fails: account students, quarter 39: -1 off")


def test_teaching_that_nobody_paid_is_found(taught):
    def change(economy):
        economy.of(Education).paid += 5
        return lambda: setattr(economy.of(Education), "paid", economy.of(Education).paid - 5)

    broken_by(taught, change, "I4 education fails: account education, quarter 39: -5 off")


def test_a_place_that_nobody_built_is_found(housed):
    def change(economy):
        economy.of(Amenities).places[2] += 3
        return lambda: economy.of(Amenities).places.__setitem__(2, economy.of(Amenities).places[2] - 3)

    broken_by(housed, change, "I8 amenities fails: account places, quarter 39: 3 off")


def test_works_that_nobody_paid_are_found(housed):
    def change(economy):
        economy.of(Amenities).spent[0] += 7
        return lambda: economy.of(Amenities).spent.__setitem__(0, economy.of(Amenities).spent[0] - 7)

    broken_by(housed, change, "I4 amenities fails: account amenities, quarter 39: -7 off")
