"""What the robot says and what it expects to hear can be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.patterns import compiled
from dialogs.checks.problem import Problem, suggested
from dialogs.script import FIELDS, TIME, Closing, Outcome, Prompt, Script, State, Variant

PLACEHOLDER = compiled(r"\{([^{}]*)\}")
PHRASE_PLACEHOLDERS = ("place", "temperature", "date", "count", "symptom", "need")


def texts(script: Script) -> Iterator[Problem]:
    for prompt in script.prompts():
        yield from _prompt(prompt)
    for state in script.states.values():
        yield from _phrases(state)
    for closing in script.closings.values():
        yield from _closing(closing)


def _closing(closing: Closing) -> Iterator[Problem]:
    path, label = f"/closings/{closing.name}", f"结束语 {closing.name}"
    of_outcome = {
        "appointment": (closing.appointment, Outcome.CALL_LATER),
        "transfer": (closing.transfer, Outcome.WANTS_PERSON),
        "untaken": (closing.untaken, Outcome.WANTS_PERSON),
    }
    for key, (prompt, outcome) in of_outcome.items():
        if prompt is not None and closing.outcome is not outcome:
            yield Problem(f"{path}/{key}", f"{label}: {key} 只用在 outcome: {outcome} 的结束语里，请删掉")
    if closing.appointment is not None and closing.appointment.text.count(TIME) != 1:
        told = "appointment 里要有一个 {time}，在那里念居民说的时间"
        yield Problem(f"{path}/appointment", f"{label}: {told}，如：好的，我们{{time}}再给您打电话，再见。")
    if closing.untaken is not None and closing.transfer is None:
        told = "写了 untaken 却没有写 transfer（转接之前的话），不会转接，请写上"
        yield Problem(f"{path}/untaken", f"{label}: {told}", is_warning=True)


def _prompt(prompt: Prompt) -> Iterator[Problem]:
    path = prompt_path(prompt)
    if not prompt.text:
        yield Problem(path, f"{prompt.id}: 没有要说的话，请写上")
    for name in PLACEHOLDER.findall(prompt.text):
        if name not in FIELDS:
            known = "、".join("{" + field + "}" for field in FIELDS)
            near = suggested(name, FIELDS) if name else ""
            yield Problem(path, f"{prompt.id}: 不认识 {{{name}}}{near}，可以用：{known}")
    if any(_is_unpaired(text) for text in (prompt.text, prompt.plain)):
        yield Problem(path, f"{prompt.id}: 花括号没有成对，会原样念出来，请补上或删掉")
    if PLACEHOLDER.search(prompt.plain):
        yield Problem(path, f"{prompt.id}: text 里有 {{…}}，要另给一句不带 {{…}} 的 plain")


def _is_unpaired(text: str) -> bool:
    return bool(set("{}") & set(PLACEHOLDER.sub("", text)))


def prompt_path(prompt: Prompt) -> str:
    """Where in the script the prompt is written."""
    owner, _, part = prompt.id.partition(".")
    if not part:
        return f"/{owner}"
    name, _, sentence = part.partition(".")
    section = {
        "closing": f"/closings/{name}/{sentence.partition('.')[0] or 'prompt'}",
        "intent": f"/intents/{part}/say",
    }
    of_state = f"prompts/{name}" if name in set(Variant) else f"confirms/{name}"
    return section.get(owner, f"/states/{owner}/{of_state}")


def _phrases(state: State) -> Iterator[Problem]:
    for index, phrase in enumerate(state.phrases):
        path, label = f"/states/{state.name}/phrases/{index}", f"状态 {state.name}"
        names = PLACEHOLDER.findall(phrase)
        for name in names:
            if name not in PHRASE_PLACEHOLDERS:
                near = suggested(name, PHRASE_PLACEHOLDERS)
                yield Problem(path, f"{label}: phrases 里不认识 {{{name}}}{near}")
        if len(names) > 1:
            yield Problem(path, f"{label}: phrases 的一句里只能有一个 {{…}}，请把“{phrase}”分成几句")
        if _is_unpaired(phrase):
            yield Problem(path, f"{label}: phrases 里“{phrase}”的花括号没有成对，请补上或删掉")
