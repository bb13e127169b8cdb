"""A block acts where it is said and nowhere else: for every lever whose file says local, found by itself."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.money.account_book import ROOM_FOR_PROGRAMMES
from agents.money.families import FAMILIES, RESEARCH_SUPPORT
from agents.money.programme import Programme
from agents.people.talent_market import TalentMarket
from scenarios.blocks import BUDGET
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from scenarios.region.region import load_region
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of, simulate

SCALE = 0.05
LEVERS = load_levers()
LOCAL = [name for name, lever in LEVERS.items() if lever.about.local]
WITH_MONEY = [name for name in LOCAL if BUDGET in LEVERS[name].fields]
HERE = {"where": ["changsha"], "industries": ["information"]}
PAYS_PARTNERS = "research_consortia"  # whose firms here lead, with members and a university from anywhere
CAP = 1e7  # yuan of research support a firm and year


@pytest.fixture(scope="module")
def end_of_2020():
    """About 900 firms at the end of 2020; tests branch off it."""
    return past_of(choose(scale=SCALE))


def with_blocks(name, *blocks, **fields):
    """The baseline with these blocks of a lever, and other values of it in the province."""
    given = {**fields, "blocks": list(blocks)}
    changes = {(name, key): lever_change(name, key, value, LEVERS) for key, value in given.items()}
    spec = choose(scale=SCALE)
    return replace(spec, scenario=spec.scenario.changed(changes))


def here_for(name):
    """Whom a block means: of projects a small province has too few for one industry of one place."""
    return {"where": HERE["where"]} if name == "investment_attraction" else HERE


def higher(name, money=2e9):
    """Every field of a lever above what is in force, with a budget that suffices."""
    lever, values = LEVERS[name], {}
    for key, number in lever.fields.items():
        more = min(number.range[1], 1.5 * number.at(2020) or 0.2 * number.range[1])
        values[key] = money if key == BUDGET else float(round(more)) if key in lever.whole else more
    return values


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


def accounts(model):
    return [one for one in model.economy.governments.programmes.values() if one.beside]


def mark(model, where=("changsha",), industries=("information",)):
    """Whether each cell is meant."""
    return model.economy.geography.meant(where, industries)


def offered(model, column):
    """{id: what it is offered} of the firms that were there before the quarter; ids of those meant."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    rows = rows[firms.entry_quarter[rows] < 20]
    ids, here = firms.id[rows], mark(model)[model.economy.cells_of(rows)]
    return dict(zip(ids.tolist(), getattr(firms, column)[rows].tolist(), strict=True)), set(
        ids[here].tolist()
    )


@pytest.fixture
def paid_elsewhere(monkeypatch, end_of_2020):
    """What accounts pay outside their places and industries, noted wherever programmes pay [yuan]."""
    noted = []
    places = end_of_2020.economy.geography.places

    def watch(method, look):
        original = getattr(Programme, method)

        def watched(self, ledger, *args, **kwargs):
            result = original(self, ledger, *args, **kwargs)
            if self.beside:
                noted.append(int(look(self, args, result)))
            return result

        monkeypatch.setattr(Programme, method, watched)

    def of_rows(account, args, paid):
        firms, rows = args[:2]
        cells = firms.segment_of(rows) * places + firms.prefecture[rows]
        return paid[~account.cells[cells]].sum()

    def outside(account, amounts, prefectures):
        here = account.cells.reshape(-1, places).any(axis=0)
        return amounts[~here[prefectures]].sum()

    watch("disburse", of_rows)
    watch("account_for", lambda account, args, _: outside(account, args[0], np.arange(places)))
    watch("support", lambda account, args, paid: outside(account, paid, args[2]))
    return noted


# --- one block, every lever ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCAL)
def test_firms_elsewhere_are_offered_what_they_would_be_and_get_nothing_of_it(
    end_of_2020, paid_elsewhere, name
):
    usual = after(1, end_of_2020.branch(choose(scale=SCALE)))
    spec = with_blocks(name, here_for(name) | higher(name))
    model = after(1, end_of_2020.branch(spec))
    columns = [column for family in LEVERS[name].offers for column in FAMILIES[family].columns]
    for column in columns:
        (ours, here), (theirs, _) = (offered(one, column) for one in (model, usual))
        both = ours.keys() & theirs.keys()
        assert {id for id in both if ours[id] != theirs[id]} == here & both != set()
    after(19, model)
    assert sum(paid_elsewhere) == 0 or name == PAYS_PARTNERS
    assert (len(paid_elsewhere) > 0) == (name in WITH_MONEY)


@pytest.mark.parametrize("name", WITH_MONEY)
def test_its_money_is_spent_there_and_every_yuan_is_accounted_for(end_of_2020, name):
    spec = with_blocks(name, here_for(name) | higher(name))
    (account,) = accounts(after(20, end_of_2020.branch(spec)))
    told = account.over_all_years()
    assert told["appropriated"] == 5 * round(2e9 * SCALE) and told["spent"] > 0.0
    assert told["appropriated"] == told["spent"] + told["lapsed"] + told["left"]


@pytest.mark.parametrize("name", LOCAL)
def test_a_block_of_nothing_is_the_baseline_to_the_last_bit(end_of_2020, name):
    """Even where it is not left out of the run's description, as it is when somebody writes it."""
    spec = choose(scale=SCALE)
    fields = {
        key: ((2016, 0.0),) if key == BUDGET else dated for key, dated in spec.scenario.levers[name].items()
    }
    nothing = {**spec.scenario.levers, f"{name}@changsha": fields}
    block = replace(spec, scenario=replace(spec.scenario, levers=nothing))
    assert len(block.scenario.levers) == len(LEVERS) + 1
    models = [after(9, end_of_2020.branch(one)) for one in (spec, block)]
    assert not differences(*models)
    assert models[0].series.tobytes() == models[1].series.tobytes()


@pytest.mark.parametrize("name", WITH_MONEY)
@pytest.mark.parametrize("whom", [{"where": ["zhuzhou", "yueyang"]}, {"industries": ["materials"]}])
def test_a_block_may_mean_all_industries_or_all_places(end_of_2020, paid_elsewhere, name, whom):
    model = after(12, end_of_2020.branch(with_blocks(name, whom | higher(name))))
    assert sum(paid_elsewhere) == 0 or name == PAYS_PARTNERS
    assert accounts(model)[0].over_all_years()["spent"] > 0.0


def test_what_blocks_spend_counts_among_what_programmes_spend():
    spec = with_blocks("innovation_procurement", HERE | {"budget": 2e9})
    usual, local = simulate([choose(scale=SCALE), spec])
    ((name, told),) = local.accounts.items()
    assert name == "innovation_procurement@changsha:information" and usual.accounts == {}
    place = series_of().column["programme_innovation_procurement"]
    sums = [one.series[:, place].sum() for one in (local, usual)]
    assert sums[0] - told["spent"] == pytest.approx(sums[1], rel=1e-6)
    assert local.public_cost - usual.public_cost == pytest.approx(told["appropriated"])


def test_every_local_lever_may_have_a_block_for_every_place():
    """More accounts than the books have room for at first; every identity holds in every quarter."""
    spec, changes, places = choose(scale=0.004), {}, load_region("hunan").prefectures.names
    for name in LOCAL:
        blocks = [{"where": [place], **higher(name)} for place in places]
        changes[name, "blocks"] = lever_change(name, "blocks", blocks, LEVERS)
    model = IndustrialPolicyModel(replace(spec, scenario=spec.scenario.changed(changes)))
    model.run_for(24)
    assert len(accounts(model)) == len(WITH_MONEY) * len(places) > ROOM_FOR_PROGRAMMES
    ledger = model.economy.ledger
    assert len(ledger.tagged) > ROOM_FOR_PROGRAMMES
    assert sum(one.disbursed > 0 for one in accounts(model)) > ROOM_FOR_PROGRAMMES


# --- several blocks, and the province's own programme ----------------------------------------------------

A = {"where": ["changsha"], "rate": 0.2}  # twice the province's
B = {"where": ["changsha", "zhuzhou"], "budget": 2e9}


def claims_by(model):
    """{programme: {id: yuan}} of the standing claims on research support."""
    ids = model.economy.standing.ids.tolist()
    return {
        one.name: dict(zip(ids, part.tolist(), strict=True)) for one, part in model.economy.standing.parts
    }


def places_of(model):
    """{id: index of the prefecture} of living firms."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    return dict(zip(firms.id[rows].tolist(), firms.prefecture[rows].tolist(), strict=True))


def test_the_programme_pays_by_its_own_terms_and_the_account_what_other_blocks_add(end_of_2020):
    usual = claims_by(after(1, end_of_2020.branch(choose(scale=SCALE))))["rd_subsidy"]
    model = after(1, end_of_2020.branch(with_blocks("rd_subsidy", A, B)))
    own, account = (claims_by(model)[name] for name in ("rd_subsidy", "rd_subsidy@changsha+zhuzhou"))
    places = places_of(model)
    assert own.keys() == usual.keys() and {0, 1, 2} <= {places.get(id) for id in own}
    for id, place in ((id, places[id]) for id in own if id in places and own[id] < CAP / 2):
        assert own[id] == pytest.approx(usual[id], abs=1)
        assert account[id] == (pytest.approx(own[id], abs=1) if place == 0 else 0)


def test_without_an_account_the_programme_pays_what_holds_in_the_block(end_of_2020):
    usual = claims_by(after(1, end_of_2020.branch(choose(scale=SCALE))))["rd_subsidy"]
    for rate in (0.2, 0.05):
        model = after(1, end_of_2020.branch(with_blocks("rd_subsidy", A | {"rate": rate})))
        ((name, claims),) = claims_by(model).items()
        places = places_of(model)
        assert name == "rd_subsidy" and not accounts(model)
        for id in claims.keys() & places.keys():
            times = rate / 0.1 if places[id] == 0 else 1.0
            if usual[id] < CAP:  # who stands at the cap would claim as much at a higher rate
                assert claims[id] == pytest.approx(min(times * usual[id], CAP), abs=1.5)


def test_a_term_below_the_provinces_takes_nothing_from_an_account(end_of_2020):
    model = after(1, end_of_2020.branch(with_blocks("rd_subsidy", B | {"rate": 0.05})))
    assert sum(claims_by(model)["rd_subsidy@changsha+zhuzhou"].values()) == 0


@pytest.mark.parametrize("rule", ["alike", "first_come", "rank"])
def test_the_account_pays_what_a_short_programme_cuts_of_those_it_means(end_of_2020, monkeypatch, rule):
    got = {}
    disburse = Programme.disburse

    def noted(self, ledger, firms, rows, requested, code=None):
        paid = disburse(self, ledger, firms, rows, requested, code)
        for id, amount in zip(firms.id[rows].tolist(), paid.tolist(), strict=True):
            got.setdefault(self.name, {})[id] = amount
        return paid

    monkeypatch.setattr(Programme, "disburse", noted)
    model = end_of_2020.branch(with_blocks("rd_subsidy", A, B, budget=1e8))
    model.economy.governments.programmes["rd_subsidy"].rule = rule
    after(1, model)
    claims, places = claims_by(model), places_of(model)
    after(3, model)
    whole = {id: sum(part[id] for part in claims.values()) for id in claims["rd_subsidy"]}
    paid = {id: sum(part.get(id, 0) for part in (got["rd_subsidy"], got["rd_subsidy@changsha+zhuzhou"]))
            for id in got["rd_subsidy"]}  # fmt: skip
    here = [id for id in paid if places.get(id) in (0, 1)]
    elsewhere = [id for id in paid if places.get(id, 0) not in (0, 1)]
    assert here and all(paid[id] == whole[id] for id in here)
    assert sum(paid[id] for id in elsewhere) < sum(whole[id] for id in elsewhere)
    assert all(got["rd_subsidy@changsha+zhuzhou"][id] == 0 for id in elsewhere)


def test_more_money_in_a_place_brings_more_newcomers_there_and_as_many_awards_elsewhere(end_of_2020):
    def granted(spec):
        model = after(4, end_of_2020.branch(spec))
        return model.economy.talent.talent.arrived.reshape(-1, model.economy.geography.places).sum(axis=0)

    # What is carried over from 2020 is money too: with it for a twentieth of those who would come
    short = {"award": 1e6, "budget": 2e7}
    usual = granted(with_blocks("talent_introduction", **short))
    money = granted(with_blocks("talent_introduction", {"where": ["changsha"], "budget": 1e9}, **short))
    assert money[0] > usual[0] + 1
    assert abs(int(money[1:].sum()) - int(usual[1:].sum())) <= 2  # whole persons by the same luck


def test_a_higher_award_in_a_place_draws_newcomers_there_at_the_cost_of_other_places(
    end_of_2020, monkeypatch
):
    """Of those who come to other places before they are whole persons, so that no rounding hides it."""
    take_in, expected = TalentMarket.take_in, []

    def noted(market, promised, within, luck):
        without = market.invited(np.zeros(len(within)))
        expected.append((promised * within + (1.0 - promised) * without).reshape(-1, 14).sum(axis=0))
        return take_in(market, promised, within, luck)

    def arrived(*blocks):
        talent = after(4, end_of_2020.branch(with_blocks("talent_introduction", *blocks))).economy.talent
        return talent.talent.arrived.reshape(-1, 14).sum(axis=0)

    monkeypatch.setattr(TalentMarket, "take_in", noted)
    usual, higher_there = arrived(), arrived({"where": ["changsha"], "award": 1e6, "budget": 2e9})
    assert higher_there[0] > 1.2 * usual[0]
    assert (expected[1][1:] < expected[0][1:]).all()


def test_terms_of_two_levers_of_one_family_add_up_with_a_block_of_one(end_of_2020):
    """The block changes what its own lever offers; the other's offer is as everywhere."""
    model = after(1, end_of_2020.branch(with_blocks("rd_subsidy", A)))
    offers, firms = model.economy.offers, model.economy.firms
    offers.make(
        firms,
        "research_support",
        "other",
        model.economy.governments.programmes["mission_projects"],
        rate=0.05,
    )
    sizes = offers.at(RESEARCH_SUPPORT, "rate", model.economy.geography.cells)
    assert sizes.tolist() == pytest.approx(np.where(mark(model, industries=()), 0.25, 0.15).tolist())


def test_what_others_may_expect_to_be_paid_is_not_what_an_account_pays(end_of_2020):
    short = [
        after(4, end_of_2020.branch(with_blocks("rd_subsidy", *blocks, budget=1e8))).economy.claims_paid
        for blocks in ((), ({"where": ["changsha"], "budget": 2e9},))
    ]
    assert short[0] < 0.9 and short[1] == pytest.approx(short[0], rel=1e-2)


def test_rivals_imitate_what_an_account_pays_for_knowledge(end_of_2020):
    model = end_of_2020.branch(
        with_blocks("talent_introduction", {"where": ["changsha"], "award": 1e6, "budget": 1e9})
    )
    (account,) = accounts(after(4, model))
    assert 0 < account.disbursed == account.paid_beyond(2020) <= account.appropriated


def test_an_account_calls_for_missions_beside_the_provinces_call(end_of_2020):
    """Who wins the province's call is who would, and the account awards more, to those it means."""
    terms = {"entrants": 3, "stage_gate": 0.4, "audit": 0.3, "budget": 1e9}
    block = {"where": ["zhuzhou"], "budget": 1e9, "stage_gate": 0.0}
    usual = after(3, end_of_2020.branch(with_blocks("mission_projects", **terms))).economy.missions
    model = after(3, end_of_2020.branch(with_blocks("mission_projects", block, **terms)))
    missions, places = model.economy.missions, places_of(model)
    own, local = (missions.firm[missions.paid_by(name)] for name in missions.payers)
    assert own.tolist() == usual.firm.tolist() and len(local) > 0
    assert {places[id] for id in local.tolist() if id in places} == {1}
    there = np.array([places.get(id) == 1 for id in missions.firm.tolist()])
    assert (missions.held[there] == 0).all() and (missions.held[~there] > 0).any()
    after(9, model)  # tranches, audits and promises of both, checked each quarter
