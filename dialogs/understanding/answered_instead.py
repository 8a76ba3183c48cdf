"""Whether a short answer is to another question than was asked, by the kind of slot that was."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.remarks.another_question import Topic, topic_of
from dialogs.script import Slot, SlotType


def answers_another(slot: Slot, text: str) -> bool:
    """Whether a short answer is to another question: 没接触过 where symptoms are asked for."""
    topic = topic_of(text)
    if topic is Topic.HEALTH and slot.of_others and _NOBODY_ILL.fullmatch(text):
        return False
    return topic is not None and topic not in _topics(slot)


_NOBODY_ILL = compiled(
    "(?:身边|周围|家里|单位|小区|楼里|我们?这儿?|[,也都]|没有?,)*没有?(?:一个|什么|谁)?(?:发烧|发热|咳嗽|感冒|生病|拉肚子)的(?:人|病人)?[啊呀呢吧]*"
)
"""没有发烧的: nobody of whom it was asked; 没有发烧 is the resident's own."""


def _topics(slot: Slot) -> frozenset[Topic]:
    """What an answer to a slot may be about; who has not left the house has met nobody."""
    if slot.type is SlotType.YES_NO:
        if slot.place or slot.is_journey:
            return _OF_JOURNEYS
        return _OF_CONTACTS if slot.of_others and slot.like else _ALL_TOPICS
    return _TOPICS.get(slot.type, _ALL_TOPICS)


_ALL_TOPICS = frozenset(Topic)
_OF_JOURNEYS = frozenset((Topic.JOURNEYS, Topic.RETURN))
_OF_CONTACTS = frozenset((Topic.CONTACTS, Topic.JOURNEYS))
_TOPICS = {
    SlotType.SYMPTOMS: frozenset((Topic.HEALTH,)),
    SlotType.IDENTITY: frozenset((Topic.SPEAKER,)),
    SlotType.COUNT: frozenset((Topic.HOUSEHOLD,)),
    SlotType.TEMPERATURE: frozenset((Topic.MEASURING, Topic.THERMOMETER, Topic.HEALTH)),
    SlotType.TEXT: frozenset((Topic.NEEDS, Topic.THERMOMETER)),
}
