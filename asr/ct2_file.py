"""Reads and writes the weights of a CTranslate2 model file (``model.bin``, version 6). Only the format.

Layout, little-endian: version u32, name of the specification, revision u32, number of variables u32, then for
each variable its name, rank u8, dimensions u32 each, type u8, length in bytes u32, data; last the aliases:
number u32 and pairs of names. A name is its length u16 with the closing zero byte, then the bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[Any]

VERSION = 6
_TYPES: Mapping[int, str] = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}
_CODES = {name: code for code, name in _TYPES.items()}


@dataclass
class ModelFile:
    """A model's weights by name, as they lie in the file."""

    spec: str
    revision: int
    variables: dict[str, Weights] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    """Second names of variables."""


def read_model(path: Path) -> ModelFile:
    """Read a whole model file.

    Raises:
        ValueError: The file is cut short or of another version.
        OSError: It can't be read.
    """
    with path.open("rb") as file:
        try:
            if (version := _number(file, "<I")) != VERSION:
                raise ValueError(f"model.bin has version {version}, wanted {VERSION}")
            model = ModelFile(_name(file), _number(file, "<I"))
            for _ in range(_number(file, "<I")):
                name, weights = _variable(file)
                model.variables[name] = weights
            for _ in range(_number(file, "<I")):
                alias = _name(file)
                model.aliases[alias] = _name(file)
        except (struct.error, KeyError, UnicodeDecodeError) as error:
            raise ValueError(f"model.bin is damaged: {error}") from error
    return model


def write_model(model: ModelFile, path: Path) -> None:
    """Write a model file that CTranslate2 can load."""
    with path.open("wb") as file:
        file.write(struct.pack("<I", VERSION) + _packed(model.spec) + struct.pack("<I", model.revision))
        file.write(struct.pack("<I", len(model.variables)))
        for name, weights in model.variables.items():
            data = np.asarray(weights, order="C")
            file.write(_packed(name) + struct.pack("<B", data.ndim))
            file.write(struct.pack(f"<{data.ndim}I", *data.shape))
            file.write(
                struct.pack("<BI", _CODES[data.dtype.newbyteorder("<").str.replace("|", "<")], data.nbytes)
            )
            file.write(data.tobytes())
        file.write(struct.pack("<I", len(model.aliases)))
        for alias, name in model.aliases.items():
            file.write(_packed(alias) + _packed(name))


def _number(file: BinaryIO, form: str) -> int:
    (number,) = struct.unpack(form, file.read(struct.calcsize(form)))
    return int(number)


def _name(file: BinaryIO) -> str:
    return file.read(_number(file, "<H")).rstrip(b"\0").decode("utf-8")


def _packed(name: str) -> bytes:
    data = name.encode("utf-8") + b"\0"
    return struct.pack("<H", len(data)) + data


def _variable(file: BinaryIO) -> tuple[str, Weights]:
    name = _name(file)
    shape = tuple(_number(file, "<I") for _ in range(_number(file, "<B")))
    kind, length = _number(file, "<B"), _number(file, "<I")
    data = file.read(length)
    if len(data) != length:
        raise ValueError(f"model.bin is cut short in {name}")
    return name, np.frombuffer(data, _TYPES[kind]).reshape(shape)
