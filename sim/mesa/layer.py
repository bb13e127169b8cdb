"""A Mesa model whose populations are columns: what `mesa.Model` offers, over rows instead of objects.

Only public members of `mesa.Model` are overridden. Agents that are ordinary objects (a government, a
bank) are kept by Mesa; the members of a population are shown to it when somebody asks, so that a step
in which nobody asks costs nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from random import Random
from typing import Any, Literal

import mesa
from mesa.agentset import AbstractAgentSet, GroupBy
from mesa.mesa_logging import LOGGER_NAME

from agents.engine.member import Member
from agents.engine.member_set import MemberSet
from agents.engine.population import Population

# Mesa reports every step, and a root logger at INFO (as Hydra's is) would print it; a chosen level stays.
if logging.getLogger(LOGGER_NAME).level == logging.NOTSET:
    logging.getLogger(LOGGER_NAME).setLevel(logging.WARNING)


class PopulationModel(mesa.Model):
    """A Mesa model with populations, which `add_population` takes in after `super().__init__()`.

    Mesa's signals of agents added and removed are sent for ordinary agents only.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._populations: dict[type[Member], Population] = {}
        super().__init__(*args, **kwargs)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A copied model is the model of its own populations."""
        self.__dict__.update(state)
        for population in self._populations.values():
            population.model = self

    def add_population(self, population: Population) -> None:
        """Show a population to Mesa; its members get their unique ids here."""
        self._populations[population.member_class] = population
        population.join(self)

    def population_of(self, member_class: type[Member]) -> Population:
        """Raises: KeyError when the model has no population of the class."""
        if member_class not in self._populations:
            raise KeyError(f"no population of {member_class.__name__}: give one to add_population() first")
        return self._populations[member_class]

    @property
    def agents(self) -> AllAgents:
        """Everybody at any time: ordinary agents as they registered, then each population row by row."""
        members = [MemberSet(population) for population in self._populations.values()]
        return AllAgents([super().agents, *members], self.random)

    @property
    def agents_by_type(self) -> Mapping[type, AbstractAgentSet]:
        members = {kind: MemberSet(population) for kind, population in self._populations.items()}
        return {**super().agents_by_type, **members}

    @property
    def agent_types(self) -> list[type]:
        return list(self.agents_by_type)

    def deregister_agent(self, agent: Any) -> None:
        """Take an agent out of the model; Mesa calls it for ordinary agents."""
        if isinstance(agent, Member):
            agent.remove()
        else:
            super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        for population in self._populations.values():
            population.remove(population.rows())
        super().remove_all_agents()


class HeldAgents(AbstractAgentSet):
    """Chosen agents of any kind, in an order; who leaves the model leaves the set."""

    def __init__(self, agents: Iterable[Any], random: Random) -> None:
        self.random = random
        self._held = dict.fromkeys(agents)

    @property
    def _agents(self) -> dict[Any, None]:
        return {agent: None for agent in self._held if agent in agent.model.agents}

    def _update(self, agents: Iterable[Any]) -> HeldAgents:
        self._held = dict.fromkeys(agents)
        return self

    def _from_iterable(self, agents: Iterable[Any]) -> HeldAgents:
        return HeldAgents(agents, self.random)

    def _result(self, agents: Iterable[Any], inplace: bool) -> HeldAgents:
        return self._update(agents) if inplace else self._from_iterable(agents)

    def __len__(self) -> int:
        return len(self._agents)

    def __iter__(self) -> Iterator[Any]:
        return (agent for agent in list(self._held) if agent in agent.model.agents)

    def __contains__(self, agent: object) -> bool:
        return agent in self._agents

    def __getitem__(self, item: Any) -> Any:
        return self.to_list()[item]

    def add(self, agent: Any) -> None:
        self._held[agent] = None

    def discard(self, agent: Any) -> None:
        self._held.pop(agent, None)

    def remove(self, agent: Any) -> None:
        del self._held[agent]

    def copy(self) -> HeldAgents:
        return HeldAgents(self, self.random)

    __copy__ = copy

    def shuffle(self, inplace: bool = False) -> HeldAgents:
        agents = list(self)
        self.random.shuffle(agents)
        return self._result(agents, inplace)

    def sort(self, key: Callable | str, ascending: bool = False, inplace: bool = False) -> HeldAgents:
        by = key if callable(key) else attrgetter(key)
        return self._result(sorted(self, key=by, reverse=not ascending), inplace)

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> HeldAgents:
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> HeldAgents:
        self.shuffle().do(method, *args, **kwargs)
        return self


class AllAgents(AbstractAgentSet):
    """Everybody in the model at any time, as parts: the ordinary agents, then each population.

    What is chosen, ordered or grouped out of it is a set of its own; it changes by entry and exit only.
    """

    def __init__(self, parts: list[AbstractAgentSet], random: Random) -> None:
        self.parts = parts
        self.random = random

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self.parts)

    def __contains__(self, agent: object) -> bool:
        return any(agent in part for part in self.parts)

    def __getitem__(self, item: Any) -> Any:
        return self.to_list()[item]

    def to_list(self) -> list[Any]:
        return list(self)

    def copy(self) -> HeldAgents:
        return HeldAgents(self, self.random)

    __copy__ = copy

    def _from_iterable(self, agents: Iterable[Any]) -> HeldAgents:
        return HeldAgents(agents, self.random)

    def _update(self, agents: Iterable[Any]) -> Any:
        raise TypeError("model.agents changes by entry and exit only: work on model.agents.copy()")

    add = discard = remove = _update

    def _own_copy(self, inplace: bool) -> HeldAgents:
        return self._update(()) if inplace else self.copy()

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> AbstractAgentSet:
        """As in Mesa; the members of one population come as a MemberSet, which works on columns."""
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        part = self._only_part_of(agent_type)
        if part is not None and not inplace:
            return part.select(filter_func, at_most)
        return self._own_copy(inplace).select(filter_func, at_most, agent_type=agent_type)

    def _only_part_of(self, agent_type: type | None) -> MemberSet | None:
        """The population with all agents of the type, if there is just one."""
        if agent_type is None or any(isinstance(agent, agent_type) for agent in self.parts[0]):
            return None
        parts = [part for part in self.parts[1:] if issubclass(part.population.member_class, agent_type)]
        return parts[0] if len(parts) == 1 else None

    def groupby(self, by: Callable | str, result_type: Literal["agentset", "list"] = "agentset") -> GroupBy:
        return self.copy().groupby(by, result_type)

    def shuffle(self, inplace: bool = False) -> HeldAgents:
        return self._own_copy(inplace).shuffle(inplace=True)

    def sort(self, key: Callable | str, ascending: bool = False, inplace: bool = False) -> HeldAgents:
        return self._own_copy(inplace).sort(key, ascending, inplace=True)

    def get(self, attr_names: Any, handle_missing: Any = "error", default_value: Any = None) -> list[Any]:
        lists = (part.get(attr_names, handle_missing, default_value) for part in self.parts)
        return list(chain.from_iterable(lists))

    def set(self, attr_name: str, value: Any) -> AllAgents:
        for part in self.parts:
            part.set(attr_name, value)
        return self

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        return list(chain.from_iterable(part.map(method, *args, **kwargs) for part in self.parts))

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> AllAgents:
        for part in self.parts:
            part.do(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> AllAgents:
        self.copy().shuffle_do(method, *args, **kwargs)
        return self
