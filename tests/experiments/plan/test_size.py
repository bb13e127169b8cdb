"""A large sweep says how large it is, a very large one asks; who waits hears a line a minute."""

import pytest

from experiments.compute.progress import Progress
from experiments.plan import patience, sweep_plan
from experiments.plan.patience import counted, lasting
from experiments.plan.sweep_plan import plan_sweep
from scenarios.values.errors import InputError

FINE = "lever.rd_subsidy.rate=range(0,0.5,0.0001)"


@pytest.fixture
def no_point(monkeypatch):
    """Fails where a single point is made: what is told or asked comes before."""

    def made(*_):
        raise AssertionError("a point was made")

    monkeypatch.setattr(sweep_plan.Planner, "point", made)


def test_half_a_million_runs_want_consent_before_the_first_point(no_point):
    with pytest.raises(InputError) as refused:
        plan_sweep([FINE])
    said = str(refused.value)
    assert said.startswith("500,000 runs, about 25 GB on disk and ")
    assert said.endswith("; beyond 100,000 runs or 12 h a sweep takes the word confirm=yes")


def test_with_consent_the_size_is_told_before_the_first_point(no_point):
    told = []
    with pytest.raises(AssertionError):
        plan_sweep([FINE, "executor.workers=2", "confirm=yes"], say=told.append)
    assert told == ["500,000 runs, about 25 GB on disk and 10 h on 2 processes, less what the folder has"]


def test_few_large_runs_want_consent_too():
    with pytest.raises(InputError, match="1,000 runs, about 50 MB on disk and 28 h on 1 process, less"):
        plan_sweep(["scenario=plan", "replications=1000", "population.scale=1000", "executor.workers=1"])


def test_what_is_out_of_range_is_refused_and_not_asked_about():
    with pytest.raises(InputError, match="outside"):
        plan_sweep(["scenario=plan", "population.scale=1000000000"])


def test_points_that_a_file_lists_are_counted_and_their_sizes_too(tmp_path, no_point):
    (tmp_path / "points.csv").write_text("population.scale\n" + "10\n" * 1000 + "30\n" * 1000)
    with pytest.raises(InputError, match="200,000 runs, about 10 GB on disk and 5 days on 1 process, less"):
        plan_sweep([f"points={tmp_path}/points.csv", "replications=100", "executor.workers=1"])
    (tmp_path / "points.csv").write_text("population.scale\n" + "1\n" * 10_001)
    with pytest.raises(InputError, match="10,001 points; at most 10,000"):
        plan_sweep([f"points={tmp_path}/points.csv"])


@pytest.mark.parametrize("cell", ["1000000000", "wide", '"[1,2]"', '"{2022:1}"'])
def test_a_listed_size_that_no_province_has_is_refused_and_not_asked_about(tmp_path, cell):
    (tmp_path / "points.csv").write_text(f"population.scale\n1\n{cell}\n")
    with pytest.raises(InputError) as refused:
        plan_sweep([f"points={tmp_path}/points.csv"])
    assert refused.value.messages[0].startswith("population.scale is ")


def test_a_small_sweep_is_neither_told_nor_asked():
    told = []
    assert plan_sweep(["scenario=plan", "replications=20"], say=told.append).runs == 20
    assert told == []


@pytest.mark.parametrize("word", ["confirm=no", "confirm=true", "confirm=Yes"])
def test_consent_is_one_word(word):
    with pytest.raises(InputError, match="expected confirm=yes"):
        plan_sweep(["scenario=plan", word])


def test_consent_is_no_part_of_the_configuration():
    assert "confirm" not in plan_sweep(["scenario=plan", "confirm=yes"]).composed


def test_what_is_soon_over_says_nothing_and_what_is_not_says_a_line_a_minute(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    told = []
    for _ in counted(range(10), "{} done", told.append):
        now[0] += 25.0
    assert told == ["3 done", "6 done", "9 done"]


def test_a_sweep_whose_output_is_piped_tells_how_far_it_is_once_a_minute(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    with Progress(1000) as progress:
        progress.tick()
        assert capsys.readouterr().err == ""
        now[0] = 61.0
        progress.tick()
        assert capsys.readouterr().err == "0/1,000 runs, 0 failed, 0 runs/s, none done yet\n"
        progress.add(61, 1)
        now[0] = 122.0
        progress.tick()
        progress.tick()
        assert capsys.readouterr().err == "61/1,000 runs, 1 failed, 0.5 runs/s, about 31 min left\n"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "0 s"),
        (80, "80 s"),
        (120, "2 min"),
        (34_200, "9 h 30 min"),
        (86_400, "24 h"),
        (400_000, "5 days"),
    ],
)
def test_a_time_is_told_as_people_say_it(seconds, said):
    assert lasting(seconds) == said
