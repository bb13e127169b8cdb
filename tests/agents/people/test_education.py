"""Students and trainees whom a lever keeps: when they finish, what the budget keeps, who leaves unpaid."""

import pytest

from agents.people.education import (
    Education,
    EducationParameters,
    Wanted,
    paid_in_order,
    technician_top_up,
)
from scenarios.load import central_values, load_parameters


def education_of(scale=1.0, **changes):
    values = central_values(load_parameters())["education"] | {"seat_cost": 100.0, "training_cost": 50.0}
    return Education(EducationParameters(**{**values, **changes}), scale)


AUTUMN = 27  # the fourth quarter of 2022


def test_diplomas_are_taken_in_the_third_summer_and_degrees_in_the_fourth():
    education = education_of(diploma_share=0.6, completion=1.0, field_gain=0.5)
    education.enrol(0.1, 1000.0, 10**9, AUTUMN)
    assert education.studying == {AUTUMN + 11: 60, AUTUMN + 15: 40}
    assert education.finish_study(AUTUMN + 10) == 0.0
    assert education.finish_study(AUTUMN + 11) == 30.0  # half of them would have looked for it anyway
    assert education.finish_study(AUTUMN + 15) == 20.0
    assert education.students == 0 and education.finished == 100


def test_no_more_begin_than_the_budget_keeps_beside_those_who_study():
    education = education_of()
    education.enrol(0.5, 1000.0, 6_000, AUTUMN)
    assert education.students == 60
    education.enrol(0.5, 1000.0, 10_000, AUTUMN + 4)
    assert education.students == 100
    education.enrol(0.5, 1000.0, 5_000, AUTUMN + 8)
    assert education.students == 100  # who has begun stays until it is decided who is paid


def test_trainees_get_what_places_of_study_leave_and_have_learned_a_year_later():
    education = education_of(training_success=0.8, training_additional=0.5)
    education.enrol(1.0, 50.0, 7_000, AUTUMN)
    education.begin_training(1000.0, 7_000, AUTUMN)
    assert education.trainees == 40  # (7,000 - 50 x 100) / 50
    assert education.finish_training(AUTUMN + 3) == 0.0
    assert education.finish_training(AUTUMN + 4) == pytest.approx(16.0)


def test_trainees_are_as_many_as_the_size_of_the_model_asks_for():
    education = education_of(scale=0.1)
    education.begin_training(1000.0, 10**9, AUTUMN)
    assert education.trainees == 100


def test_who_is_not_paid_for_leaves_the_last_to_begin_first():
    education = education_of(diploma_share=1.0)
    education.enrol(1.0, 30.0, 10**9, AUTUMN)
    education.enrol(1.0, 20.0, 10**9, AUTUMN + 4)
    education.keep_paid(3_700, 0)
    assert education.studying == {AUTUMN + 11: 30, AUTUMN + 15: 7} and education.left == 13
    education.keep_paid(0, 0)
    assert education.studying == {} and education.left == 50


def test_study_is_paid_before_training_and_training_before_pay():
    wanted = Wanted(60, 30, 20)
    assert paid_in_order(wanted, 200) == wanted
    assert paid_in_order(wanted, 100) == Wanted(60, 30, 10)
    assert paid_in_order(wanted, 70) == Wanted(60, 10, 0)
    assert paid_in_order(wanted, 50) == Wanted(50, 0, 0)


def test_a_fifth_of_the_skilled_with_a_tenth_more_is_a_fiftieth_in_the_mean():
    p = education_of(technicians=0.2).parameters
    assert technician_top_up(6_000.0, 10.0, 60_000.0, p) == pytest.approx(0.02)
    assert technician_top_up(6_000.0, 0.0, 60_000.0, p) == 0.0
