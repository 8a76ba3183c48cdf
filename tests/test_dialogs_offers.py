"""What the robot offers beside telephone keys is understood when it is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dialogs.authoring.offers import misunderstood_offers
from dialogs.loading import load_script

STRANGERS = Path(__file__).parent.parent / "benchmarks" / "strangers"
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("name", ["health_survey", "home_observation", "notice"])
def test_bundled_scripts_understand_what_they_offer(name: str) -> None:
    assert list(misunderstood_offers(load_script(name), TODAY)) == []


def test_wording_that_is_offered_and_not_understood_is_warned_of(tmp_path: Path) -> None:
    written = (STRANGERS / "elder_care.yaml").read_text(encoding="utf-8")
    file = tmp_path / "elder_care.yaml"
    file.write_text(written.replace("常忘记请按二", "丢三落四请按二"), encoding="utf-8")
    found = list(misunderstood_offers(load_script(file), TODAY))
    assert [problem.path for problem in found] == ["/states/ask_medicine/prompts/keys"]
    assert all(problem.is_warning for problem in found)
    assert "“丢三落四”" in str(found[0])
