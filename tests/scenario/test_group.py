"""The shipped group is what its generator writes."""

from experiments.make_group import FILE, group, text


def test_file_and_generator_agree() -> None:
    assert FILE.read_text(encoding="utf-8") == text(group())
