"""What a recogniser is told to expect: what was answered, and the name of who is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dialer.call.expectations import expectations, expected_answer
from dialogs.language.corpus import CALLED, Corpus, written
from dialogs.language.respelling import Likely
from dialogs.loading import load_script
from dialogs.machine import listening
from dialogs.machine.listening import listen_for
from dialogs.understanding.single_answer import question_of
from teaching.corpus import gathered

TODAY = date(2026, 11, 22)
SCRIPT = load_script("health_survey")


def test_a_corpus_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "answers.txt.xz"
    file.write_bytes(written({"symptoms": ["没有", "咳嗽 有点发烧"], "needs": ["不需要"]}))
    corpus = Corpus(file)
    assert corpus.answers("symptoms") == ("没有", "咳嗽 有点发烧")
    assert corpus.answers("needs") == ("不需要",)
    assert corpus.answers("symptoms") is corpus.answers("symptoms")
    assert corpus.answers("travel") == ()


def test_answers_are_gathered_once_without_signs() -> None:
    answers = [("needs", "不用，谢谢。"), ("needs", "不用，谢谢"), ("needs", "……"), ("travel", "没去")]
    assert gathered(answers) == {"needs": ["不用 谢谢"], "travel": ["没去"]}


def test_every_question_of_the_survey_has_answers_but_the_last() -> None:
    """What is said back at the end depends on the call: 没错, 没发烧."""
    expected = list(expectations(SCRIPT, TODAY))
    answered = [each for each in expected if each.answers is not None and len(each.answers()) > 1000]
    assert len(answered) == len(expected) - 1
    assert all(each.phrases for each in expected)


def test_who_is_asked_for_by_name_may_say_the_name() -> None:
    listen = listen_for(SCRIPT, question_of(SCRIPT, "identity"), TODAY, "欧阳震华")
    assert listen.answers is not None
    assert f"我是{CALLED}" in listen.answers()
    expected = expected_answer(listen)
    assert (expected.called, expected.name) == (CALLED, "欧阳震华")


@pytest.mark.parametrize(("question", "name"), [("identity", ""), ("symptoms", "欧阳震华")])
def test_names_are_said_only_where_they_are_asked_for(question: str, name: str) -> None:
    assert listen_for(SCRIPT, question_of(SCRIPT, question), TODAY, name).name == ""


def test_the_name_of_who_is_called_is_as_likely_as_that_of_any_resident() -> None:
    heard: list[str] = []

    def likelihood(texts: list[str]) -> list[Likely]:
        heard.extend(texts)
        return [Likely(text, -float(len(text))) for text in texts]

    likely = listening._as_if_called(likelihood, "周明")
    assert likely(["我是周明", "我是重名"]) == [Likely("我是周明", -4.0), Likely("我是重名", -4.0)]
    assert heard == ["我是张三", "我是重名"]


def test_a_name_that_sounds_like_a_word_is_heard_as_the_name() -> None:
    listen = listen_for(SCRIPT, question_of(SCRIPT, "identity"), TODAY, "周明")
    assert listen.likelihood is not None
    as_name, as_word = listen.likelihood(["我是周明", "我是重名"])
    assert as_name.text == "我是周明"
    assert as_name.merit > as_word.merit
