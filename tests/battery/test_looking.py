"""R4: whoever looks changes nothing: a reporter, a trace, a plot, a figure or the report added."""

import mesa
import pytest
from matplotlib.figure import Figure

from agents.firms import Firm
from experiments import export, sweep
from experiments.read.rerun import rerun
from experiments.report import drawn
from experiments.report.report import write_all
from experiments.store.digest import digest
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate
from sim.trace.firm import largest
from sim.trace.traced import traced

SCALE = 0.004
TINY = ("scenario=as_in_2020,plan", "replications=2", f"population.scale={SCALE}", "executor.workers=1")


def specs(battery):
    runs = battery.trials(1, 10)
    return [choose(("plan", "no_policy")[n % 2], scale=SCALE, replication=n) for n in range(runs)]


def bits(outcome):
    return outcome.series.tobytes(), outcome.cells.tobytes()


def finished(model, look):
    while model.economy.quarter < model.quarters:
        model.step()
        look(model)
    return model


def report(model):
    """A user's own collector, of the model and of every firm."""
    collector = mesa.DataCollector(
        model_reporters={"firms": lambda m: len(m.agents_by_type[Firm])},
        agenttype_reporters={Firm: {"sales": "sales", "row": lambda firm: firm.row}},
    )
    collector.collect(model)
    return collector.get_model_vars_dataframe()


def plot(model):
    """A picture of the firms, and what a reader does before it."""
    firms = model.agents_by_type[Firm]
    axes = Figure().add_subplot()
    axes.scatter(firms.get("capital"), firms.get("sales"))
    firms.sort("sales").select(lambda firm: firm.patents > 0, at_most=5)
    firms.shuffle().groupby("prefecture")


@pytest.mark.parametrize("look", [report, plot])
def test_a_reporter_or_a_plot_each_quarter(battery, look):
    for spec in specs(battery):
        model = finished(IndustrialPolicyModel(spec), look)
        battery.record("R4", bits(model) == bits(simulate([spec])[0]), f"{look.__name__} {spec.replication}")


@pytest.mark.parametrize("kind", ["firm", "university", "programme"])
def test_a_trace(battery, kind):
    programmes = list(IndustrialPolicyModel(choose(scale=SCALE)).economy.governments.programmes)
    for spec in specs(battery):
        member = {
            "firm": largest(IndustrialPolicyModel(spec).economy.firms)[0],
            "university": spec.replication,
            "programme": programmes[spec.replication % len(programmes)],
        }[kind]
        outcome, quarters = traced(spec, f"{kind}:{member}")
        same = bits(outcome) == bits(simulate([spec])[0])
        whole = len(quarters) == (quarters_of_firm(spec, member) if kind == "firm" else 40)
        battery.record("R4", same and whole, f"{kind}:{member} {spec.replication}")


def quarters_of_firm(spec, member):
    """The quarters in which a firm is there, that in which it leaves included."""
    there = []
    finished(IndustrialPolicyModel(spec), lambda m: there.append(m.economy.firms.row_or_none(member)))
    return min(40, 1 + sum(row is not None for row in there))


def test_a_table_a_figure_a_report_and_a_trace_of_a_folder(battery, monkeypatch, tmp_path):
    folder, every = tmp_path / "r", drawn.wanted
    most = battery.trials(3, 100)  # figures of the report
    monkeypatch.setattr(drawn, "wanted", lambda evidence: list(every(evidence))[:most])
    done = sweep(*TINY, f"results={folder}", quiet=True)
    before = digest(folder)
    looks = {
        "targets": done.targets,
        "report": lambda: write_all(folder),
        "export": lambda: export(folder),
        "rerun": lambda: rerun(folder, "plan:1", "programme:rd_subsidy"),
        "again": lambda: sweep(*TINY, f"results={folder}", quiet=True),
    }
    for name, look in looks.items():
        look()
        battery.record("R4", digest(folder) == before, name)
