"""Weights of a linear layer in eight bits, such that every processor computes the same with them.

Seven of the eight are used: processors without VNNI add two products of an unsigned and a signed byte in
sixteen bits, which 2·255·63 just fits. A few inputs of a layer may be twenty times as far from zero as the
others, and all inputs share one scale; these are divided by what their weights are multiplied with (Xiao et
al., SmoothQuant, 2023).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MOST = 63
_SHARE_OF_INPUTS = 0.9
"""How much of what they are apart the inputs lose; the weights get as much more apart as the rest asks."""
_CUT_OFF = np.arange(0.60, 1.01, 0.04)
"""Shares of the greatest weight that are tried as the greatest that is told exactly."""
_TINY = 1e-4


class EightBits(NamedTuple):
    """``x @ weight`` is about ``x @ (codes * steps)``."""

    codes: NDArray[np.int8]
    """Shape (inputs, outputs), from -63 to 63."""
    steps: Floats
    """Shape (outputs,)."""


def eight_bits(weight: Floats) -> EightBits:
    """The codes with the least square error, for each output apart.

    Args:
        weight: Shape (inputs, outputs).
    """
    greatest = np.maximum(np.abs(weight).max(axis=0), _TINY)
    best, least = EightBits(np.zeros(weight.shape, np.int8), greatest), np.full(len(greatest), np.inf)
    for share in _CUT_OFF:
        steps = (greatest * (share / _MOST)).astype(np.float32)
        codes = np.clip(np.rint(weight / steps), -_MOST, _MOST)
        errors = np.square(codes * steps - weight).sum(axis=0)
        is_better = errors < least
        best = EightBits(
            np.where(is_better, codes, best.codes).astype(np.int8), np.where(is_better, steps, best.steps)
        )
        least = np.minimum(errors, least)
    return best


def evened(weight: Floats, reach: Floats) -> tuple[Floats, Floats]:
    """The weights to multiply with, and what to multiply the inputs with before.

    Args:
        weight: Shape (inputs, outputs).
        reach: How far each input gets from zero.
    """
    factors = np.maximum(reach, _TINY) ** _SHARE_OF_INPUTS
    factors /= np.maximum(np.abs(weight).max(axis=1), _TINY) ** (1 - _SHARE_OF_INPUTS)
    factors /= np.exp(np.log(factors).mean())
    return (weight * factors[:, None]).astype(np.float32), (1 / factors).astype(np.float32)
