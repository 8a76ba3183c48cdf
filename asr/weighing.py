"""Which of an engine's wordings was said, by its sound and by what people say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import Alternative, Likelihood

_FARTHEST = 4.0
"""How much less a wording may fit the sound than the best one does, natural logarithm."""
_HABIT = 0.25
"""Of what people say, in the shares: most are well, but that is no reason to believe that this one is."""
_LESS_FITTING = 2.0
"""How much less, by the shares, the chosen wording may fit than the best one: whoever clearly said 充点电费
is not heard to say the likelier 充电电费.
For these docs/decisions/0011-likely-wordings.md and 0014-respelling.md have the measurements."""


@dataclass(frozen=True)
class Weighed:
    """What may have been said."""

    said: Alternative
    """With its share of all that may, 0..1."""
    wording: int
    """The engine's wording that it comes from."""
    merit: float = 0.0
    """How likely people say it, as their likelihood tells."""


def weighed_by(likelihood: Likelihood, texts: Sequence[str], sounds: Sequence[float]) -> list[Weighed]:
    """What may have been said, by the sound and by what people say, the most probable first; the shares are
    those of the sound above all.

    Args:
        likelihood: What people say that sounds like a text.
        texts: Words without punctuation.
        sounds: Natural logarithms of the texts' probabilities given the sound.
    """
    near = [number for number, sound in enumerate(sounds) if sound >= max(sounds) - _FARTHEST]
    said = likelihood([texts[number] for number in near])
    by_sound = np.array([sounds[number] for number in near])
    merits = np.array([merit for _, merit in said])
    fits = by_sound + _HABIT * merits
    fitting = _shares(fits)
    probable = _shares(np.where(fits >= fits.max() - _LESS_FITTING, by_sound + merits, -np.inf))
    found: dict[str, list[int]] = {}
    for place in np.lexsort((-fitting, -probable)).tolist():
        found.setdefault(said[place][0], []).append(place)
    ranked = sorted(found.items(), key=lambda one: -probable[one[1]].sum())
    return [
        Weighed(Alternative(text, float(fitting[places].sum())), near[places[0]], merits[places[0]].item())
        for text, places in ranked
    ]


def _shares(merits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Natural logarithms of weights as shares of one."""
    weights = np.exp(merits - merits.max())
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares
