"""Graphs laid out before the calls: counted, joined, written, and heard through by a real model."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from asr.audio import read_wav
from asr.graphs import question_model as question_models
from asr.graphs.composition import compose
from asr.graphs.openfst import EPSILON, Graph, Reach, read_lookahead, write
from asr.graphs.question_model import Asked, question_model
from asr.graphs.word_pairs import NAME, WordModel, count_pairs
from asr.kaldi import Kaldi, installed_model, load_model
from tests.test_asr_vosk import SOUNDS, model_folder

NUMBERS = {"a": 1, "b": 2, "c": 3}
END = 4
SOUNDS_OF = {"a": (10,), "b": (20, 30), "c": (20, 40)}
LINES = [("a", "b"), ("a", "b"), ("b",), ("c", "a")]


# --- which word follows which ---------------------------------------------------------------------------


def arcs_of(words: WordModel, state: int) -> dict[int, tuple[float, int]]:
    """By label the probability, and where it leads."""
    return {
        int(label): (math.exp(-cost), int(target))
        for source, label, cost, target in zip(
            words.sources, words.labels, words.costs, words.targets, strict=True
        )
        if source == state
    }


def skips_of(words: WordModel, state: int) -> list[tuple[float, int]]:
    return [
        (math.exp(-cost), int(target))
        for source, cost, target in zip(words.skip_sources, words.skip_costs, words.skip_targets, strict=True)
        if source == state
    ]


def test_after_each_word_all_that_may_come_is_certain_together() -> None:
    words = count_pairs(LINES, NUMBERS)
    any_word = arcs_of(words, 0)
    shares = {label: share for label, (share, _) in any_word.items()} | {END: math.exp(-words.finals[0])}
    assert sum(shares.values()) == pytest.approx(1)
    for state in range(1, len(words.finals)):
        after = {label: share for label, (share, _) in arcs_of(words, state).items()}
        if np.isfinite(words.finals[state]):
            after[END] = math.exp(-words.finals[state])
        if not after:
            continue  # the state among names, where there are none
        ((rest, to),) = skips_of(words, state)
        assert to == 0
        unseen = sum(share for label, share in shares.items() if label not in after)
        assert sum(after.values()) + rest * unseen == pytest.approx(1)


def test_what_followed_oftener_is_likelier() -> None:
    words = count_pairs(LINES, NUMBERS)
    begun = arcs_of(words, words.start)
    after_a = arcs_of(words, begun[1][1])
    assert begun[1][0] > begun[2][0] > 0
    assert after_a[2][0] > begun[2][0]
    assert 3 not in after_a  # at a price only


def test_an_unknown_word_may_come_anywhere() -> None:
    words = count_pairs(LINES, {**NUMBERS, "?": 4}, unknown="?")
    assert 0 < arcs_of(words, 0)[4][0] < arcs_of(words, 0)[1][0]
    assert arcs_of(words, 0)[4][1] == 0


def ways(words: WordModel, state: int, labels: Sequence[int]) -> float:
    """The probability of words from a state on, whatever comes after them; the likeliest way."""
    if not labels:
        return 1.0
    here = arcs_of(words, state).get(labels[0])
    found = [here[0] * ways(words, here[1], labels[1:])] if here else []
    found += [share * ways(words, to, labels) for share, to in skips_of(words, state)]
    return max(found, default=0.0)


def test_any_resident_may_say_the_name() -> None:
    lines = [("a", NAME), (NAME, "b"), ("c",)]
    numbers = {**NUMBERS, "王": 5, "林": 6, "生": 7}
    words = count_pairs(lines, numbers, names=[("王", "林"), ("王", "林", "生"), ("林",)])
    said = {name: ways(words, words.start, name) for name in [(5, 6), (5, 6, 7), (6,)]}
    assert said[6,] == pytest.approx(said[5, 6, 7], rel=1e-5)
    assert ways(words, words.start, (1, 5, 6, 2)) > 0
    assert ways(words, words.start, (1, 7)) == 0
    assert ways(words, words.start, (5, 6, 2)) > ways(words, words.start, (5, 6, 3))


# --- joined with sounds -----------------------------------------------------------------------------------


def toy_sounds() -> tuple[Graph, Reach]:
    """A tree of sounds in which b and c begin alike; at its leaves the words, then all over again."""
    arcs = {0: [(10, 1, 0.5, 0), (20, EPSILON, 0.5, 1)], 1: [(30, 2, 0.7, 0), (40, 3, 0.7, 0)]}
    flat = [arc for state in sorted(arcs) for arc in arcs[state]]
    inputs, outputs, costs, targets = (np.array(each) for each in zip(*flat, strict=True))
    graph = Graph(
        0, np.array([0, 2, 4]), inputs.astype(np.int32), outputs.astype(np.int32),
        costs.astype(np.float32), targets, np.array([0.0, np.inf], np.float32),
    )  # fmt: skip
    return graph, Reach(np.array([0, 1, 2]), np.array([1, 2]), np.array([5, 4]), END)


def paths(graph: Graph, most: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Inputs, outputs and cost of all ways to an end with so many inputs at most."""
    waiting = [(graph.start, (), (), 0.0)]
    while waiting:
        state, inputs, outputs, cost = waiting.pop()
        if np.isfinite(graph.finals[state]):
            yield inputs, outputs, cost + float(graph.finals[state])
        for arc in range(graph.first[state], graph.first[state + 1]):
            taken = (*inputs, int(graph.inputs[arc])) if graph.inputs[arc] else inputs
            if len(taken) <= most:
                said = (*outputs, int(graph.outputs[arc])) if graph.outputs[arc] else outputs
                waiting.append((int(graph.targets[arc]), taken, said, cost + float(graph.costs[arc])))


def test_every_sentence_costs_its_sounds_and_its_words() -> None:
    sounds, reach = toy_sounds()
    words = count_pairs(LINES, NUMBERS)
    cheapest: dict[tuple[int, ...], float] = {}
    for inputs, outputs, cost in paths(compose(sounds, reach, words), most=5):
        spelt = [SOUNDS_OF[word] for label in outputs for word in NUMBERS if NUMBERS[word] == label]
        assert tuple(itertools.chain.from_iterable(spelt)) == inputs
        cheapest[outputs] = min(cost, cheapest.get(outputs, math.inf))
    assert (1, 2) in cheapest
    assert (3, 3) in cheapest  # never seen, at a price
    for outputs, cost in cheapest.items():
        sound = sum({1: 0.5, 2: 1.2, 3: 1.2}[label] for label in outputs)
        assert cost == pytest.approx(sound + cost_of(words, outputs), abs=1e-4)


def cost_of(words: WordModel, labels: Sequence[int]) -> float:
    """The cheapest way to say just these words."""
    costs = [(words.start, 0.0, 0)]
    found = math.inf
    while costs:
        state, cost, place = costs.pop()
        if place == len(labels):
            found = min(found, cost + float(words.finals[state]))
        elif here := arcs_of(words, state).get(labels[place]):
            costs.append((here[1], cost - math.log(here[0]), place + 1))
        costs += [(to, cost - math.log(share), place) for share, to in skips_of(words, state)]
    return found


def test_costs_come_as_early_as_they_are_certain() -> None:
    sounds, reach = toy_sounds()
    graph = compose(sounds, reach, count_pairs([("c",)], NUMBERS))
    assert graph.costs[graph.first[graph.start]] > 1  # all that c costs, before anything is heard
    assert float(np.min(graph.costs)) >= 0


def test_no_way_leads_nowhere() -> None:
    sounds, reach = toy_sounds()
    graph = compose(sounds, reach, count_pairs([("c", "a")], NUMBERS))
    assert 30 not in graph.inputs  # b is never said
    assert set(graph.outputs.tolist()) == {EPSILON, 1, 3}


def test_sounds_without_an_end_make_no_graph() -> None:
    sounds, reach = toy_sounds()
    sounds.finals[:] = np.inf
    with pytest.raises(ValueError, match="none of the words"):
        compose(sounds, reach, count_pairs(LINES, NUMBERS))


# --- files ----------------------------------------------------------------------------------------------


def test_a_models_words_can_be_reached_as_it_says() -> None:
    graph, reach = read_lookahead(model_folder() / "graph" / "HCLr.fst")
    states = np.random.default_rng(1).integers(0, len(graph.finals), 200)
    checked = 0
    for state in states.tolist():
        found = words_after(graph, state, most=2000)
        if found is None:
            continue
        intervals = range(reach.first[state], reach.first[state + 1])
        told = set(itertools.chain.from_iterable(range(reach.begins[n], reach.ends[n]) for n in intervals))
        assert found <= told
        assert told - {reach.end_label} <= found
        checked += 1
    assert checked > 20


def words_after(graph: Graph, state: int, most: int) -> set[int] | None:
    """The next words by walking there; None where that is too far."""
    met, waiting, found = {state}, [state], set()
    while waiting:
        here = waiting.pop()
        for arc in range(graph.first[here], graph.first[here + 1]):
            target = int(graph.targets[arc])
            if graph.outputs[arc] != EPSILON:
                found.add(int(graph.outputs[arc]))
            elif target not in met:
                met.add(target)
                waiting.append(target)
        if len(met) > most:
            return None
    return found


@pytest.mark.parametrize("damage", ["empty", "cut", "other", "constant"])
def test_other_files_are_refused(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "HCLr.fst"
    whole = (model_folder() / "graph" / "HCLr.fst").read_bytes()
    if damage == "constant":
        write(toy_sounds()[0], file)
    else:
        file.write_bytes(
            {"empty": b"", "cut": whole[: len(whole) // 2], "other": b"RIFF" + whole[4:]}[damage]
        )
    with pytest.raises(ValueError, match=r"graph|buffer"):
        read_lookahead(file)


# --- a question's model -----------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "wenhou" / "graphs"


def made(answers: Iterable[str], **more: object) -> Path:
    installed = installed_model(model_folder())
    asked = Asked(("안녕하세요",), tuple(answers), **more)  # type: ignore[arg-type]
    return question_model(model_folder(), asked, installed.vosk_model_find_word)


def hear(folder: Path, name: str) -> str:
    kaldi = Kaldi(load_model(folder), 16000)
    sound = np.repeat(np.pad(read_wav(SOUNDS / f"korean_{name}.wav"), (0, 4000)), 2)
    kaldi.take(sound.tobytes())
    return kaldi.finish().text


def test_what_is_answered_is_heard(cache: Path) -> None:
    folder = made(["네", "네 네", "아니요"])
    assert (hear(folder, "yes"), hear(folder, "no")) == ("네", "아니요")


def test_words_from_outside_are_not(cache: Path) -> None:
    assert "아니요" not in hear(made(["없어요"]), "no")


def test_a_name_is_heard_as_that_of_whoever_is_asked(cache: Path) -> None:
    folder = made(["제 이름은 없어요", "없어요"], called="없어요", names=("아니요",))
    assert hear(folder, "no") == "아니요"


def test_a_question_is_laid_out_once(cache: Path) -> None:
    first = made(["네"])
    graph = (first / "graph" / "HCLG.fst").stat()
    assert made(["네"]) == first
    assert (first / "graph" / "HCLG.fst").stat().st_mtime_ns == graph.st_mtime_ns
    assert made(["아니요"]) != first


def test_the_graphs_used_last_are_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_models, "_MOST_KEPT", 2)
    first, second = made(["네"]), made(["아니요"])
    made(["네"])
    third = made(["없어요"])
    assert {each for each in cache.iterdir() if each.is_dir()} == {first, third}
    assert not second.exists()


def test_where_no_links_can_be_made_files_are_copied(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    folder = made(["네"])
    assert not (folder / "am").is_symlink()
    assert hear(folder, "yes") == "네"


def test_a_model_of_another_kind_is_named(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "HCLr.fst").write_bytes(b"")
    with pytest.raises(ValueError, match="without am"):
        question_model(tmp_path, Asked(("네",)), lambda word: 1)
