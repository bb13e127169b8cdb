"""How far a search says it is."""

from experiments.packages.progress import Progress
from experiments.plan.patience import silent


def test_it_counts_packages_and_says_how_long_the_rest_may_take():
    progress = Progress(40, silent)
    progress.passed(10, new=True)
    assert progress.line(2.0).startswith("12 of 40 packages tried, about ")


def test_of_one_package_it_says_the_share_of_its_pairs_and_never_none_tried():
    """The runs that say what the world would have to be like instead are of one package each."""
    progress = Progress(None, silent)
    assert progress.line(0.25) == "25% of the pairs of a package are run"
    progress.passed(1, new=True)
    assert progress.line(0.25) == "packages tried: 1"
