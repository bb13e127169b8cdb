"""A hindcast as a figure: every interval over its outcome, and the histogram of the integral transform."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.drawing.style import BLACK, COLOURS, PALE, looks, sheet
from experiments.hindcast.scored import Point, Result
from experiments.hindcast.table import coverage_words

LINE = 0.22  # inches of height for each point


def hindcast_figure(result: Result) -> Figure:
    """Forecasts over outcomes, scored points alone, and how often outcomes fell where in their forecast."""
    points = [point for point in result.judged if point.quantity.rate or point.outcome > 0.0]
    setting = result.setting
    with looks():
        figure, ((left, right),) = sheet(
            f"Trained to {setting.train_to}: forecasts over what came",
            [_small_print(result)],
            1, 2, max(1.4, LINE * len(points)), left=1.5,
        )  # fmt: skip
        _intervals(left, points)
        _histogram(right, result.histogram)
    return figure


def _small_print(result: Result) -> str:
    return (
        f"Left: medians, 50 % (thick) and 90 % intervals of {result.setting.runs} runs over the outcome; "
        "crosses: medians of naive forecasts. Of rates: one and the difference. Right: probability integral "
        f"transform; {coverage_words(result)}."
    )


def _over(point: Point, value: float) -> float:
    """A value over the outcome; of a growth rate, one and the difference in shares."""
    return 1.0 + (value - point.outcome) / 100.0 if point.quantity.rate else value / point.outcome


def _intervals(axes: Axes, points: list[Point]) -> None:
    for place, point in enumerate(reversed(points)):
        one = point.spread
        for low, high, width in ((one.p05, one.p95, 1.2), (one.p25, one.p75, 3.6)):
            axes.plot([_over(point, low), _over(point, high)], [place] * 2, color=COLOURS[0], linewidth=width)
        axes.plot(_over(point, one.median), place, "o", color=COLOURS[0], markersize=4)
        others = [_over(point, rival.median) for rival in point.rivals.values() if rival is not None]
        axes.plot(others, [place] * len(others), "x", color=COLOURS[1], markersize=4)
    axes.axvline(1.0, color=BLACK, linewidth=0.8)
    axes.set_yticks(range(len(points)), [f"{point.indicator} {point.year}" for point in reversed(points)])
    axes.set_xlabel("over the outcome")


def _histogram(axes: Axes, counts: list[int]) -> None:
    width = 1.0 / len(counts)
    axes.bar(
        [(n + 0.5) * width for n in range(len(counts))], counts, width * 0.92, color=PALE, edgecolor=BLACK
    )
    axes.axhline(sum(counts) / len(counts), color=COLOURS[1], linewidth=0.8)
    axes.set_xlabel("share of the forecast below the outcome")
    axes.set_ylabel("outcomes")
