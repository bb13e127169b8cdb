"""National markets in a quarter: they move with the world; a census each January finds who sells there."""

from agents.economy import Economy
from sim.moment import Moment


def move_markets(economy: Economy, now: Moment) -> None:
    """National markets and rivals' attraction, from the last quarter to this one."""
    now.setting.move_markets(economy)


def take_stock(economy: Economy, now: Moment) -> None:
    """Median size and mean technology of each industry, as a yearly census finds them."""
    economy.markets.take_stock(economy.firms)
    now.look_at_markets(economy)
