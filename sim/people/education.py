"""Education and training in a year: students and trainees finish, new ones begin, all are paid for."""

import numpy as np

from agents.economy import Economy
from agents.money.families import EDUCATION, EducationOffer
from agents.money.programme import Programme
from agents.numbers.shares import split
from agents.numbers.sums import sum_in_order
from agents.people.education import Education, Wanted, paid_in_order, technician_top_up
from sim.moment import Moment
from sim.people.luck import PeoplePurpose

OF_TRAINED = 0  # member of the purpose


def teach(economy: Economy, now: Moment) -> None:
    """Autumn: trainees have learned, new students and trainees begin, the year of all is paid.

    Without an offer and with nobody under way nothing happens. The year's budget, released by then, pays
    places of study, then training, then technicians; who is not paid for leaves.
    """
    education = economy.of(Education)
    programme = next(iter(economy.offers.payers(EDUCATION)), None)  # one at most
    budget = 0 if programme is None else programme.can_pay(economy.ledger)
    if not budget and not education.persons:
        forget_pay(economy, education)
        return
    offer, quarter = economy.offers.of(EDUCATION), now.quarter
    done = education.finish_training(quarter)
    if done:
        luck = now.draws.uniform(PeoplePurpose.TRAINED, OF_TRAINED, quarter)
        economy.talent.take_trained(done, luck)
    given = economy.talent.surroundings.graduates_of
    education.enrol(offer.enrolment, economy.talent.graduates(given, now.year), budget, quarter)
    education.begin_training(offer.training, budget, quarter)
    pay_for_all(economy, education, programme, offer, now.circumstances.wage)


def forget_pay(economy: Economy, education: Education) -> None:
    """Nothing is paid any more."""
    if education.top_up:
        education.top_up = economy.talent.skilled.top_up = 0.0


def pay_for_all(
    economy: Economy, education: Education, programme: Programme | None, offer: EducationOffer, wage: float
) -> None:
    """Pays study, training and technicians, in this order; wage: of a worker [yuan/quarter]."""
    technicians = education.parameters.technicians * float(economy.talent.skilled.persons.sum())
    wanted = Wanted(education.study_cost, education.training_bill, round(offer.technician_pay * technicians))
    left = 0 if programme is None else programme.can_pay(economy.ledger)
    paid = paid_in_order(wanted, left)
    if programme is not None and wanted.total:
        programme.claim(wanted.total)
        programme.cut(wanted.total - paid.total)
        pay_each_place(economy, programme, paid)
    education.paid = paid.total
    education.keep_paid(paid.study, paid.training)
    persons, pay = economy.talent.skilled.persons, economy.talent.net_pay(wage, 1.0)
    mean_pay = sum_in_order(persons * pay) / max(sum_in_order(persons), 1.0)
    each = paid.pay / technicians if technicians > 0.0 else 0.0
    education.top_up = float(technician_top_up(each, technicians, mean_pay, education.parameters))
    economy.talent.skilled.top_up = education.top_up


def pay_each_place(economy: Economy, programme: Programme, paid: Wanted) -> None:
    """Schools are paid where people study, firms' partners where skilled work is wanted, and households.

    Where nobody wants skilled work now, trainees learn at the schools.
    """
    places, accounts = np.arange(economy.geography.places), economy.ledger.accounts
    wanted = economy.geography.by_industry(economy.talent.wanted).sum(axis=0)
    skilled = economy.geography.by_industry(economy.talent.skilled.persons).sum(axis=0)
    schools = places_of_study(economy)
    training = parts(paid.training, wanted if wanted.any() else schools)
    by_place = np.concatenate([parts(paid.study, schools), training, parts(paid.pay, skilled)])
    rest = np.full(2 * len(places), accounts.rest)
    payees = np.concatenate([rest, accounts.households.start + places])
    programme.support(economy.ledger, payees, by_place, np.concatenate([places] * 3))


def places_of_study(economy: Economy) -> np.ndarray:
    """Share of each prefecture in first degrees and diplomas."""
    shares: np.ndarray = economy.talent.surroundings.graduates.sum(axis=1)
    return shares


def parts(total: int, weights: np.ndarray) -> np.ndarray:
    """A total in whole parts by weights; none where there is nothing to divide."""
    return split(total, weights) if total else np.zeros(len(weights), np.int64)
