"""A wrong cell leaves what follows from it blank; an error of the program is never swallowed."""

import pytest

from scripts.normalise.tables import _none_if_invalid


def test_only_invalid_cells_give_blanks():
    def invalid():
        raise ValueError("no such rule")

    def broken():
        raise TypeError("an error of the program")

    assert _none_if_invalid(invalid) is None
    with pytest.raises(TypeError):
        _none_if_invalid(broken)
