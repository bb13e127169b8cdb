"""Pages that several commands write: each writes its own section and leaves the others."""

from experiments.evidence.page_sections import merged, write_section

HEAD = "# A page"


def test_a_section_is_replaced_and_the_others_stay():
    first = merged(None, "a", "## A\n\none", HEAD)
    assert first.startswith(HEAD)
    both = merged(first, "b", "## B\n\ntwo \\1", HEAD)
    again = merged(both, "a", "## A\n\nthree", HEAD)
    assert "one" not in again and "three" in again and "two \\1" in again
    assert again.index("## A") < again.index("## B") and again.count(HEAD) == 1
    assert merged(again, "a", "## A\n\nthree", HEAD) == again


def test_a_section_is_written_into_a_page_that_is_there(tmp_path):
    path = tmp_path / "page.md"
    write_section(path, "a", "## A", HEAD)
    write_section(path, "b", "## B", HEAD)
    text = path.read_text("utf-8")
    assert text.index("# A page") < text.index("## A") < text.index("## B")
