"""Weights in eight bits: how near they are, what they never reach, inputs that are made even."""

from __future__ import annotations

import numpy as np
import pytest

from dialogs.encoder.eight_bits import eight_bits, evened


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(7)


def test_every_output_has_its_own_step(chance: np.random.Generator) -> None:
    weight = (chance.standard_normal((300, 8)) * 10.0 ** np.arange(-4, 4)).astype(np.float32)
    codes, steps = eight_bits(weight)
    errors = np.abs(codes * steps - weight).mean(axis=0) / np.abs(weight).mean(axis=0)
    assert errors.max() < 0.03


def test_sixteen_bits_hold_two_products_with_unsigned_bytes(chance: np.random.Generator) -> None:
    weight = chance.standard_normal((64, 64)).astype(np.float32) ** 5
    assert 2 * 255 * np.abs(eight_bits(weight).codes.astype(int)).max() < 2**15


def test_outputs_of_nothing_stay_nothing() -> None:
    codes, steps = eight_bits(np.zeros((5, 3), np.float32))
    assert not codes.any()
    assert np.isfinite(steps).all()


def test_evened_inputs_with_their_weights_give_the_same(chance: np.random.Generator) -> None:
    weight = chance.standard_normal((50, 20)).astype(np.float32)
    inputs = chance.standard_normal((40, 50)).astype(np.float32)
    inputs[:, 3] *= 30
    inputs[:, 4] = 0
    even, factors = evened(weight, np.abs(inputs).max(axis=0))
    assert (inputs * factors) @ even == pytest.approx(inputs @ weight, rel=1e-3, abs=1e-3)
    reach = np.abs(inputs * factors).max(axis=0)
    assert reach[3] < 2 * np.median(reach)
