"""A project: a plant that a firm from outside, or one of the province that moves, may build in a prefecture.

It is offered, signed, built and producing, or dropped on the way; in each stage it stays some quarters. Money
is in whole yuan.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.population import Column, Member

OFFERED, SIGNED, BUILDING, PRODUCING = 1, 2, 3, 4
STAGES = ("", "offered", "signed", "building", "producing")
INSIDE = -1  # origin of the projects of firms that are in the province already
PAYERS = 2  # programmes that may pay for one project: a lever's own and the account of a block
SHORT = np.int16


class Project(Member):
    """One project that somebody considers, has signed, builds, or has built within the last years."""

    stage = Column("1 offered, 2 signed, 3 building, 4 producing", dtype=SHORT)
    due = Column("quarter in which the stage ends", dtype=SHORT)
    fails = Column("1 if the project is dropped when the stage ends", dtype=SHORT)
    origin = Column("group of provinces it comes from, -1 from another prefecture", dtype=SHORT)
    industry = Column("index of the industry", dtype=SHORT)
    prefecture = Column("index of the prefecture that was chosen", dtype=SHORT)
    left = Column("index of the prefecture that is left, -1 outside the province", dtype=SHORT)
    closes_elsewhere = Column("1 if a plant outside closes for it", dtype=SHORT)
    without_lever = Column("prefecture it would have chosen without the lever, -1 elsewhere", dtype=SHORT)
    without_incentives = Column("prefecture it would have chosen if none paid, -1 elsewhere", dtype=SHORT)

    planned = Column("yuan of investment that was announced", dtype=np.int64)
    invested = Column("yuan that will be invested if it is finished", dtype=np.int64)
    began = Column("quarter in which building began", dtype=SHORT)
    quarters = Column("quarters that building takes", dtype=SHORT)
    built = Column("yuan invested so far", dtype=np.int64)
    plant = Column("quantity of plant built so far, at the prices of 2016Q1")

    incentive = Column("yuan per yuan of investment that the prefecture promised")
    paid = Column("yuan of it paid so far", dtype=np.int64)
    aid = Column("yuan that programmes promised", dtype=np.int64, width=PAYERS)
    aid_paid = Column("yuan of it paid so far", dtype=np.int64, width=PAYERS)
    payer = Column("the programmes, by place among those that have promised some", SHORT, -1, PAYERS)

    firm = Column("id of the firm that produces there or moves, 0 before it is founded", dtype=np.int64)


class ProjectParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/projects.yaml."""

    smallest: float
    largest: float
    tail: float
    realised: float
    sign_odds: float
    sign_quarters: float
    start_odds: float
    start_quarters: float
    finish_odds: float
    build_quarters: float
    lag_spread: float
    ramp_start: float
    ramp_quarters: float
    land_share: float
    returned_share: float
    returned_tax: float
    closing_share: float
    reconsidering: float
    left_behind: float
    enclave_cost: float
