"""What README invites to add, each as somebody would add it: its own files beside, and these lines."""

from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
LAKELAND = HERE.parents[1] / "regions" / "lakeland"


class Line(NamedTuple):
    """A line or more, put into a file behind the only line that begins so."""

    file: str
    behind: str
    text: str

    def put(self, root: Path) -> None:
        """Raises: ValueError where the project has no such line, or several."""
        path = root / self.file
        lines = path.read_text("utf-8").splitlines()
        (place,) = [n for n, line in enumerate(lines) if line.startswith(self.behind)]
        lines[place + 1 : place + 1] = self.text.splitlines()
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Addition(NamedTuple):
    """Lines in files of the project; in as many files, and lines of others, README lets it be."""

    lines: tuple[Line, ...] = ()
    files: int = 1  # at most, its own and others
    lines_of_others: int = 0  # at most


PARAMETER = "{unit: share of price per quarter of unsold sales, range: [0, 0.5], value: 0.02"
ACCELERATION = "from sim.accelerators import ACCELERATORS, steps as accelerators"
ADDITIONS = {
    "lever": Addition(files=2),
    "rule": Addition(
        (
            Line("agents/firms/demand.py", "    cost_pass_through: float", "    stock_discount: float"),
            Line(
                "agents/firms/demand.py",
                "    return p.demand.cost_pass_through * own",
                '''

@rule
def discount(inventory, expected, p):
    """Cut of the log price of a firm with unsold stock; at most half of the price."""
    return min(0.5, p.demand.stock_discount * inventory / expected)''',
            ),
            Line(
                "agents/firms/demand.py",
                "        firm.log_price[i] = log_normal_price(",
                "        firm.log_price[i] -= discount(firm.inventory[i], firm.expected_demand[i], p)",
            ),
            Line(
                "configs/parameters/firms.yaml",
                "cost_pass_through:",
                f'stock_discount: {PARAMETER}, status: assumption, source: "an example"}}',
            ),
        ),
        files=2,
        lines_of_others=9,
    ),
    "indicator": Addition(
        (
            Line(
                "sim/people/series.py",
                "PEOPLE = {",
                """    "talent_per_firm": Single(
        "persons",
        R,
        "high-end talent per firm",
        "企均高端人才",
        lambda e, s: people(e.talent.talent.persons) / len(e.firms),
    ),""",
            ),
        ),
        lines_of_others=7,
    ),
    "target": Addition(
        (
            Line(
                "configs/region/hunan/targets.yaml",
                "# anchor: ratio",
                """
rd_share_gdp:
  label: {en: R&D spending as share of GDP, zh: 研发经费投入强度}
  indicator: rd_total
  over: gdp
  statistic: level
  year: 2025
  comparison: ">="
  definition: an example
  quote: an example
  shown: {unit_en: "%", unit_zh: "%", factor: 100, digits: 2}
  threshold: {unit: share of GDP, range: [0, 0.1], value: 0.03, source: an example, status: assumption}""",
            ),
        ),
        lines_of_others=12,
    ),
    "institution": Addition(
        (
            Line("sim/quarter.py", "from sim.firms import FIRMS", ACCELERATION),
            Line("sim/quarter.py", "    PEOPLE,", "    ACCELERATORS,"),
            Line("sim/quarter.py", "    (ALWAYS, entry.enter)", "    (JANUARY, accelerators.let_rooms),"),
        ),
        files=11,
        lines_of_others=3,
    ),
    "verb": Addition(
        (
            Line(
                "experiments/language/words/verbs.yaml",
                "region: {",
                'places: {en: "the prefectures of a region", zh: "地区的各市州"}',
            ),
        ),
        files=2,
        lines_of_others=1,
    ),
    "figure": Addition(
        (Line("experiments/figures/__init__.py", '    "money",', '    "costs",'),),
        files=2,
        lines_of_others=1,
    ),
    "region": Addition(files=40),
}
TWIN = Line(
    "experiments/speed/twin_firm.py",
    "        self.log_price = rules.log_normal_price(",
    "        self.log_price -= rules.discount(self.inventory, self.expected_demand, p)",
)
"""What the twin of plain Mesa agents takes besides, when a test names the rule that it lacks."""


def own_files(name: str) -> dict[str, Path]:
    """The files that an addition brings, by their paths in the project."""
    home, place = (LAKELAND, "lakeland") if name == "region" else (HERE / name, ".")
    found = [path for path in sorted(home.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return {(Path(place) / path.relative_to(home)).as_posix(): path for path in found}


def add(name: str, root: Path) -> None:
    """Makes the addition in a copy of the project."""
    for file, source in own_files(name).items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(source.read_bytes())
    for line in ADDITIONS[name].lines:
        line.put(root)
