"""Adds what was learnt about short answers on the telephone to the embedded engine's model.

The adapter holds two thin matrices for each linear layer: ``up`` of shape (out, rank) and ``down`` of shape
(rank, in); the layer's weights become W + STRENGTH·up·down. How it was learnt: ``teaching`` and
docs/decisions/0009-telephone-adapter.md.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
from filelock import FileLock

from asr.ct2_file import ModelFile, read_model, write_model
from asr.mandarin_tokens import Vocabulary, without_other_languages
from campaign.errors import ModelError

ADAPTER = Path(__file__).with_name("telephone.npz")
STRENGTH = 0.6
"""How much of what was learnt is added. All of it hears the teachers' voices best and real people worse than
before; a little more than half hears both better (Wortsman et al., Robust fine-tuning of zero-shot models,
2022)."""
_BUILD = 2
"""Of what is made of an adapter and a model; a higher number makes models that are there anew."""
LEARNT_FOR = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""SHA-256 of the model file that the adapter belongs to."""
MODEL_FILE = "model.bin"
_MADE_FROM = "made-from.txt"


def adapted_folder(base: Path) -> Path:
    """Where the adapted model of ``base`` lies or would lie: beside it."""
    return base.with_name(base.name + "-telephone")


def is_adapted(base: Path, adapter: Path = ADAPTER) -> bool:
    """Whether the adapted model is there and was made with this adapter."""
    note = adapted_folder(base) / _MADE_FROM
    return note.is_file() and note.read_text(encoding="ascii").strip() == _recipe(adapter)


def adapt(base: Path, adapter: Path = ADAPTER) -> Path:
    """The adapted model of ``base``, made unless it is there (two seconds, 100 MB).

    Args:
        base: Folder of a CTranslate2 model, left as it is.
        adapter: npz with ``<layer>/up`` and ``<layer>/down``.

    Raises:
        ModelError: The model is damaged, the adapter is for another one, or there is no room.
    """
    target = adapted_folder(base)
    if is_adapted(base, adapter):
        return target
    try:
        with FileLock(target.with_name(target.name + ".lock")):
            return target if is_adapted(base, adapter) else _build(base, adapter, target)
    except OSError as error:
        message = f"语音模型写不进 {target}（{error.strerror}）。请检查磁盘空间和权限后再试。"
        raise ModelError("model_unwritable", message) from error


def _build(base: Path, adapter: Path, target: Path) -> Path:
    making = target.with_name(target.name + ".partial")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _make(base, adapter, making)
    (making / _MADE_FROM).write_text(_recipe(adapter) + "\n", encoding="ascii")
    shutil.rmtree(target, ignore_errors=True)
    return making.replace(target)


def is_taught(folder: Path) -> bool:
    """Whether a model folder was made by ``adapt``."""
    return (folder / _MADE_FROM).is_file()


def _recipe(adapter: Path) -> str:
    return f"{hashlib.sha256(adapter.read_bytes()).hexdigest()} x {STRENGTH}, {_BUILD}"


def _make(base: Path, adapter: Path, target: Path) -> None:
    try:
        model = read_model(base / MODEL_FILE)
        vocabulary = Vocabulary.read(base)
    except (OSError, ValueError) as error:
        raise _damaged(base, error) from error
    _add(adapter, model, base)
    try:
        without_other_languages(model, vocabulary).write(target)
    except ValueError as error:
        raise _damaged(base, error) from error
    write_model(model, target / MODEL_FILE)


def _add(adapter: Path, model: ModelFile, base: Path) -> None:
    with np.load(adapter) as learnt:
        for name in sorted({key.rpartition("/")[0] for key in learnt.files}):
            up, down = (learnt[f"{name}/{side}"].astype(np.float32) for side in ("up", "down"))
            weights = model.variables.get(name + "/weight")
            if weights is None or weights.shape != (up.shape[0], down.shape[1]):
                raise ModelError(
                    "adapter_mismatch",
                    f"电话适配文件 {adapter.name} 与模型 {base} 不匹配（{name}）。",
                )
            model.variables[name + "/weight"] = (weights.astype(np.float32) + STRENGTH * (up @ down)).astype(
                weights.dtype
            )


def _damaged(base: Path, error: Exception) -> ModelError:
    return ModelError("model_damaged", f"模型 {base} 已损坏（{error}），请删除后重新准备。")
