"""Every ugly list is imported, or refused, as a community worker would."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.errors import ListError
from campaign.lists.reading import ReadOptions, read_list
from campaign.lists.selection import nobody
from tests.ugly_lists.make import UglyList, ugly_lists

ALL = ugly_lists()


@pytest.mark.parametrize("ugly", ALL, ids=[ugly.file for ugly in ALL])
def test_the_list_comes_in_as_expected(ugly: UglyList, tmp_path: Path) -> None:
    path = ugly.write(tmp_path)
    if ugly.refused and ugly.refused != nobody(path.name, ()).code:
        with pytest.raises(ListError) as caught:
            read_list(path, ReadOptions())
        assert caught.value.code == ugly.refused
        return
    found = read_list(path, ReadOptions())
    assert [
        (r.name, " ".join(r.phones), r.building, r.unit, r.room) for r in found.residents
    ] == ugly.residents
    assert [(p.sheet, p.row, p.kind, p.is_imported) for p in found.problems] == ugly.problems


def test_there_are_forty_of_them() -> None:
    assert len(ALL) >= 40
    assert len({ugly.file for ugly in ALL}) == len(ALL)
