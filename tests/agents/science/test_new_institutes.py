"""New-type institutes: where they are founded, how public money follows contracts, who their clients are."""

import numpy as np
import pytest

from agents.science.new_institutes import (
    InstituteParameters,
    NewInstitutes,
    cells_to_found,
    contract_room,
    contract_with,
    core_within,
    gain_of_client,
)
from scenarios.load import central_values, load_parameters

P = InstituteParameters(**central_values(load_parameters())["institutes"])


def test_institutes_go_where_most_research_falls_on_one():
    research = np.array([90.0, 50.0, 0.0, 31.0])
    assert cells_to_found(research, np.zeros(4, np.int64), 5) == [0, 1, 0, 3, 0]
    assert cells_to_found(research, np.array([2, 0, 0, 0]), 2) == [1, 3]


def test_nobody_founds_where_nothing_is_researched():
    assert cells_to_found(np.zeros(3), np.zeros(3, np.int64), 2) == []


def test_core_money_keeps_contracts_at_their_least_share():
    assert core_within(10e6, 4e6, 0.5) == 4e6
    assert core_within(10e6, 30e6, 0.5) == 10e6
    assert core_within(10e6, 4e6, 0.8) == pytest.approx(1e6)
    assert core_within(10e6, 0.0, 0.5) == 0.0


def test_room_for_contracts_grows_evenly_with_age():
    p = P._replace(contracts_per_core=1.5, growth_years=4.0)
    assert [contract_room(10e6, age, p) for age in (0.0, 1.0, 3.0, 9.0)] == [3.75e6, 7.5e6, 15e6, 15e6]


def test_a_client_gains_in_full_where_it_gives_the_usual_part():
    p = P._replace(client_part=0.5, largest_client=0.2, client_gain=0.004)
    assert contract_with(1e6, 10e6, p) == 0.5e6
    assert contract_with(100e6, 10e6, p) == 2e6
    assert gain_of_client(0.5e6, 1e6, p) == 0.004
    assert gain_of_client(2e6, 100e6, p) == pytest.approx(0.004 * 2 / 50)


def institutes(**values):
    own = NewInstitutes(P._replace(**values), 40, np.zeros((2, 2)), 4)
    own.join(np.array([7, 8]), np.array([0, 3]), 20, "new_research_institutes")
    return own


def test_public_money_is_given_at_first_and_then_follows_contracts():
    own = institutes(core=10e6, building=30e6, building_years=3.0, least_contract_share=0.5)
    own.settle_year(24, 1.0)
    assert own.due.tolist() == [20_000_000] * 2
    own.contracts_year = np.array([4_000_000, 99_000_000])
    own.settle_year(32, 1.0)
    assert own.due.tolist() == [4_000_000, 10_000_000]
    assert not own.contracts_year.any()


def test_clients_are_taken_in_their_order_until_the_staff_is_busy():
    own = institutes(client_part=0.5, largest_client=0.5)
    ids, outside = np.array([11, 12, 13]), np.array([4e6, 6e6, 9e6])
    places, clients = own.take_contracts(ids, outside, 6e6, 1)
    assert places.tolist() == [0, 1]
    assert clients.firm.tolist() == [11, 12]
    assert clients.yearly.tolist() == [2_000_000, 3_000_000]
    assert clients.institute.tolist() == [1, 1]


def test_a_programme_pays_those_it_has_founded():
    own = institutes()
    own.join(np.array([9]), np.array([1]), 24, "new_research_institutes@changsha")
    assert own.paid_by("new_research_institutes").tolist() == [0, 1]
    assert own.paid_by("new_research_institutes@changsha").tolist() == [2]
    assert own.there.tolist() == [1, 1, 0, 1]
    assert own.ages(29).tolist() == [2, 2, 1]
