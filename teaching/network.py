"""Whisper in PyTorch, from CTranslate2's weights, with a low-rank adapter at every linear layer.

For teaching only. The adapter is that of Hu et al. (LoRA, 2021): the weights W stay as they are, W + B·A is
what is used, and only the two thin matrices learn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from asr.ct2_file import ModelFile

_HEADS = 8


class AdaptedLinear(nn.Module):
    """A frozen linear layer and what is learnt beside it."""

    def __init__(self, weights: Mapping[str, Tensor], name: str, rank: int) -> None:
        super().__init__()
        self.name = name
        self.register_buffer("weight", weights[name + "/weight"])
        self.register_buffer("bias", weights[name + "/bias"])
        out, into = self.weight.shape
        self.down = nn.Parameter(torch.randn(rank, into) / math.sqrt(into))
        self.up = nn.Parameter(torch.zeros(out, rank))

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight, self.bias) + (x @ self.down.T) @ self.up.T


class Norm(nn.Module):
    def __init__(self, weights: Mapping[str, Tensor], name: str) -> None:
        super().__init__()
        self.register_buffer("gamma", weights[name + "/layer_norm/gamma"])
        self.register_buffer("beta", weights[name + "/layer_norm/beta"])

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:], self.gamma, self.beta)


def _heads(x: Tensor) -> Tensor:
    return x.unflatten(-1, (_HEADS, -1)).transpose(-3, -2)


def _attend(q: Tensor, k: Tensor, v: Tensor, *, is_causal: bool = False) -> Tensor:
    # Written out: PyTorch's fused attention is slow to go back through on a processor.
    q, k, v = _heads(q), _heads(k), _heads(v)
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if is_causal:
        later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
        scores = scores.masked_fill(later, -math.inf)
    return (scores.softmax(-1) @ v).transpose(-3, -2).flatten(-2)


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder when it has cross-attention."""

    def __init__(self, weights: Mapping[str, Tensor], name: str, rank: int) -> None:
        super().__init__()
        self.norm = Norm(weights, name + "/self_attention")
        self.qkv = AdaptedLinear(weights, name + "/self_attention/linear_0", rank)
        self.out = AdaptedLinear(weights, name + "/self_attention/linear_1", rank)
        self.crosses = name + "/attention/linear_0/weight" in weights
        if self.crosses:
            self.cross_norm = Norm(weights, name + "/attention")
            self.cross_q = AdaptedLinear(weights, name + "/attention/linear_0", rank)
            self.cross_kv = AdaptedLinear(weights, name + "/attention/linear_1", rank)
            self.cross_out = AdaptedLinear(weights, name + "/attention/linear_2", rank)
        self.ffn_norm = Norm(weights, name + "/ffn")
        self.wide = AdaptedLinear(weights, name + "/ffn/linear_0", rank)
        self.narrow = AdaptedLinear(weights, name + "/ffn/linear_1", rank)

    def forward(self, x: Tensor, heard: Tensor | None = None) -> Tensor:
        q, k, v = self.qkv(self.norm(x)).chunk(3, -1)
        x = x + self.out(_attend(q, k, v, is_causal=self.crosses))
        if self.crosses:
            k, v = self.cross_kv(heard).chunk(2, -1)
            x = x + self.cross_out(_attend(self.cross_q(self.cross_norm(x)), k, v))
        return x + self.narrow(functional.gelu(self.wide(self.ffn_norm(x))))


class Network(nn.Module):
    """Features in, log-probabilities of the next tokens out."""

    def __init__(self, model: ModelFile, rank: int) -> None:
        super().__init__()
        weights = {
            name: torch.from_numpy(np.array(value, np.float32)) for name, value in model.variables.items()
        }
        for name in [*weights]:
            if name.endswith("/weight") and name.replace("/weight", "/bias") not in weights:
                weights[name.replace("/weight", "/bias")] = torch.zeros(weights[name].shape[0])
        for name in ("conv1", "conv2"):
            self.register_buffer(name, weights[f"encoder/{name}/weight"])
            self.register_buffer(name + "_bias", weights[f"encoder/{name}/bias"])
        self.register_buffer("places", weights["encoder/position_encodings/encodings"])
        self.register_buffer("steps", weights["decoder/position_encodings/encodings"])
        self.register_buffer("embeddings", weights["decoder/embeddings/weight"])
        self.encoder = nn.ModuleList(Layer(weights, f"encoder/layer_{n}", rank) for n in range(6))
        self.encoder_norm = Norm(weights, "encoder")
        self.decoder = nn.ModuleList(Layer(weights, f"decoder/layer_{n}", rank) for n in range(6))
        self.decoder_norm = Norm(weights, "decoder")

    def encode(self, features: Tensor) -> Tensor:
        """Shape (batch, 80, steps) to (batch, steps / 2, 512)."""
        x = functional.gelu(functional.conv1d(features, self.conv1, self.conv1_bias, padding=1))
        x = functional.gelu(functional.conv1d(x, self.conv2, self.conv2_bias, stride=2, padding=1))
        x = x.transpose(1, 2)
        x = x + self.places[: x.shape[1]]
        for layer in self.encoder:
            x = layer(x)
        return self.encoder_norm(x)

    def forward(self, features: Tensor, tokens: Tensor) -> Tensor:
        """Scores of every next token, shape (batch, tokens, vocabulary)."""
        heard = self.encode(features)
        x = functional.embedding(tokens, self.embeddings) + self.steps[: tokens.shape[1]]
        for layer in self.decoder:
            x = layer(x, heard)
        return functional.linear(self.decoder_norm(x), self.embeddings)

    def adapted(self) -> dict[str, AdaptedLinear]:
        return {module.name: module for module in self.modules() if isinstance(module, AdaptedLinear)}
