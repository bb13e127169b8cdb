"""What is recorded follows the region, and no module reads a region when it is imported."""

import shutil
import subprocess
import sys
from pathlib import Path

from scenarios.load import CONFIGS
from sim.indicators import series_of

READERS = """
import importlib, pkgutil
from pathlib import Path
from scenarios.values import yaml_reader
def refuse(path):
    raise AssertionError(f"{path} is read at import")
yaml_reader._text = refuse
import agents, scenarios, sim, experiments
for floor in (agents, scenarios, sim, experiments):
    for module in pkgutil.walk_packages(floor.__path__, floor.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""


def test_series_told_by_place_and_group_are_those_of_the_region(tmp_path: Path):
    own = Path(shutil.copytree(CONFIGS / "region" / "hunan", tmp_path / "own"))
    file = own / "prefectures.yaml"
    file.write_text(file.read_text("utf-8").replace("en: Changsha, ", "en: Longtown, "), "utf-8")
    ours, theirs = series_of("hunan"), series_of(str(own))
    assert list(ours.indicators) == list(theirs.indicators)
    assert ours.indicators["revenue_changsha"].label_en == "own taxes, Changsha"
    assert theirs.indicators["revenue_changsha"].label_en == "own taxes, Longtown"


def test_a_series_stands_where_its_column_says():
    assert [list(series_of().indicators)[place] for place in series_of().column.values()] == list(
        series_of().column
    )


def test_no_module_reads_a_file_of_configs_when_it_is_imported():
    done = subprocess.run([sys.executable, "-c", READERS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
