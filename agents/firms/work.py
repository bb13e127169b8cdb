"""What the stages of a block pass on to each other and nobody keeps: numbers of its firms, by name."""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.firms.bill import Bill, new_bill
from agents.firms.conditions import BLOCK


@kept
class Work(NamedTuple):
    """Scratch of one block, `BLOCK` numbers each; all of it is written anew for every block."""

    bill: Bill
    # demand
    spread: np.ndarray
    odds: np.ndarray
    log_odds: np.ndarray
    customer_change: np.ndarray
    # production
    goods_per_yuan: np.ndarray
    ordered: np.ndarray  # quantity/quarter
    at_home: np.ndarray  # share of other firms in orders but the state's
    log_capital: np.ndarray
    log_expected: np.ndarray
    labour_wanted: np.ndarray  # workers
    share_found: np.ndarray  # of the additional workers wanted
    skill: np.ndarray  # of a worker, over one among skilled colleagues alone
    log_labour: np.ndarray
    capacity: np.ndarray
    output: np.ndarray  # quantity/quarter
    delivered: np.ndarray
    share_filled: np.ndarray  # of the orders
    # research
    share_covered: np.ndarray  # of the loans, by a guarantee
    cash_premium: np.ndarray  # share/year
    user_cost: np.ndarray
    log_user_cost: np.ndarray
    research_wanted: np.ndarray  # relative to sales
    # money
    relief: np.ndarray  # share of the cost of compliance that is spared
    overhead: np.ndarray  # yuan/quarter
    price: np.ndarray
    reported: np.ndarray  # research, yuan/quarter
    credit_limit: np.ndarray  # yuan
    # knowledge
    pool: np.ndarray  # of the firm's cell, now and a quarter ago
    pool_before: np.ndarray
    spillover: np.ndarray  # growth of the knowledge of others, log points
    talent: np.ndarray
    log_knowledge: np.ndarray
    knowledge_growth: np.ndarray
    tail: np.ndarray
    success: np.ndarray
    gain: np.ndarray  # in log productivity
    # patents
    log_research: np.ndarray
    applications: np.ndarray  # expected in the quarter
    chosen: np.ndarray  # places of firms in the block


def new_work() -> Work:
    """Scratch for one process."""
    numbers = {name: np.zeros(BLOCK) for name in Work._fields if name not in ("bill", "chosen")}
    return Work(bill=new_bill(), chosen=np.zeros(BLOCK, np.int64), **numbers)
