"""The embedded engine's model without the tokens of other languages: small models and the real one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tokenizers

from asr.adapter import STRENGTH, adapt, is_adapted
from asr.ct2_file import ModelFile, read_model, write_model
from asr.embedded_model import WHISPER_MODEL
from asr.mandarin_tokens import Vocabulary, text_of, without_other_languages
from asr.models import prepare
from campaign.errors import ModelError
from tests.byte_level import spelled

ANSWERS = Path(__file__).parent.parent / "benchmarks" / "answers" / "tuning.tsv"
ROWS = "decoder/embeddings/weight"
LAYER = "encoder/layer_0/linear_0"

NEEDED = ["!", "7", " the", "没", "咳嗽", "。", "…", "℃", "醫"]
OF_OTHERS = ["ない", "것", "это", "été", "で学"]
PARTS = ["Ġ", "æ", "²¡"]
"""A space and bytes of characters that have no token of their own."""
MARKS = ["<|endoftext|>", "<|zh|>", "<|notimestamps|>"]
TIMES = ["<|0.00|>", "<|29.98|>"]


def small_vocabulary() -> Vocabulary:
    tokens = [*map(spelled, NEEDED), *map(spelled, OF_OTHERS), *PARTS, *MARKS, *TIMES]
    suppressed = [tokens.index(spelled(token)) for token in ("!", "это", "没")]
    return Vocabulary(tokens, {"suppress_ids": suppressed, "lang_ids": [tokens.index("<|zh|>")], "more": 1})


def model_for(vocabulary: Vocabulary) -> ModelFile:
    rows = np.arange(2 * len(vocabulary.tokens), dtype=np.float16).reshape(-1, 2)
    variables = {LAYER + "/weight": np.ones((3, 2), np.float16), ROWS: rows}
    return ModelFile("WhisperSpec", 3, variables, {"decoder/projection/weight": ROWS})


def test_words_of_other_languages_and_times_are_left_out() -> None:
    vocabulary = small_vocabulary()
    model = model_for(vocabulary)
    left = without_other_languages(model, vocabulary)
    assert left.tokens == [*map(spelled, NEEDED), *PARTS, *MARKS]
    numbers = [vocabulary.tokens.index(token) for token in left.tokens]
    assert model.variables[ROWS].tolist() == [[2 * number, 2 * number + 1] for number in numbers]


def test_the_configuration_numbers_the_tokens_that_are_left() -> None:
    vocabulary = small_vocabulary()
    left = without_other_languages(model_for(vocabulary), vocabulary)
    told = {name: [left.tokens[n] for n in left.config[name]] for name in ("suppress_ids", "lang_ids")}  # type: ignore[attr-defined]
    assert told == {"suppress_ids": ["!", spelled("没")], "lang_ids": ["<|zh|>"]}
    assert left.config["more"] == 1


def test_rare_words_of_english_are_left_out_and_common_ones_kept() -> None:
    tokens = [*(f"word{n}" for n in range(9000)), spelled("咳嗽"), "42"]
    vocabulary = Vocabulary(tokens, {})
    left = without_other_languages(model_for(vocabulary), vocabulary)
    assert left.tokens == [*tokens[:8000], spelled("咳嗽"), "42"]


def test_a_vocabulary_of_another_model_is_refused() -> None:
    vocabulary = small_vocabulary()
    model = model_for(vocabulary)
    with pytest.raises(ValueError, match="3 tokens for"):
        without_other_languages(model, Vocabulary(vocabulary.tokens[:3], {}))


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ([spelled("没有"), spelled("咳嗽"), "<|endoftext|>"], "没有咳嗽"),
        (["æ", "²¡"], "没"),
        (["æ"], "\ufffd"),
        ([], ""),
    ],
)
def test_tokens_spell_text(tokens: list[str], text: str) -> None:
    assert text_of(tokens) == text


# --- the model that is made ---------------------------------------------------------------------------


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    folder.mkdir()
    vocabulary = small_vocabulary()
    vocabulary.write(folder)
    write_model(model_for(vocabulary), folder / "model.bin")
    return folder


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    learnt = {f"{LAYER}/up": np.ones((3, 1), np.float16), f"{LAYER}/down": np.ones((1, 2), np.float16)}
    np.savez(tmp_path / "adapter.npz", **learnt)  # type: ignore[arg-type]
    return tmp_path / "adapter.npz"


def test_the_taught_model_has_what_was_learnt_and_fewer_tokens(base: Path, adapter: Path) -> None:
    made = adapt(base, adapter)
    model = read_model(made / "model.bin")
    assert model.variables[LAYER + "/weight"] == pytest.approx(np.full((3, 2), 1 + STRENGTH), abs=1e-3)
    assert len(model.variables[ROWS]) == len(Vocabulary.read(made).tokens) == len([*NEEDED, *PARTS, *MARKS])
    assert model.aliases == {"decoder/projection/weight": ROWS}


def test_a_model_that_an_earlier_release_made_is_made_anew(base: Path, adapter: Path) -> None:
    made = adapt(base, adapter)
    note = made / "made-from.txt"
    note.write_text(note.read_text("ascii").rpartition(",")[0], encoding="ascii")
    assert not is_adapted(base, adapter)
    assert adapt(base, adapter) == made
    assert is_adapted(base, adapter)


def test_a_damaged_vocabulary_is_named(base: Path, adapter: Path) -> None:
    (base / "vocabulary.txt").write_text("<|zh|>\n", encoding="utf-8")
    with pytest.raises(ModelError, match="已损坏") as caught:
        adapt(base, adapter)
    assert caught.value.code == "model_damaged"
    (base / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="已损坏"):
        adapt(base, adapter)
    (base / "vocabulary.txt").unlink()
    with pytest.raises(ModelError, match=r"vocabulary\.txt"):
        adapt(base, adapter)


def test_whatever_residents_answer_can_be_written() -> None:
    taught = prepare("whisper").path
    published = tokenizers.Tokenizer.from_file(str(taught.with_name(WHISPER_MODEL) / "tokenizer.json"))
    kept = set(Vocabulary.read(taught).tokens)
    answers = [line.split("\t")[1] for line in ANSWERS.read_text(encoding="utf-8").splitlines()[1:]]
    needed = {
        token for each in published.encode_batch(answers, add_special_tokens=False) for token in each.tokens
    }
    assert needed - kept == set()
    assert len(kept) < 10_000
