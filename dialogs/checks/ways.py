"""The ways through a script: every step leads somewhere, every question is reached, every call ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.checks.conditions import implies
from dialogs.checks.problem import Problem, suggested
from dialogs.script import Outcome, Script, State


def ways(script: Script) -> Iterator[Problem]:
    if script.start not in script.states:
        near = suggested(script.start, script.states)
        yield Problem("/start", f"脚本: start 的状态 {script.start} 不存在{near}")
    for state in script.states.values():
        yield from _steps(script, state)
        yield from _idle_steps(state)
    yield from _outcomes(script)
    yield from _reach(script)


def _steps(script: Script, state: State) -> Iterator[Problem]:
    path, label = f"/states/{state.name}/next", f"状态 {state.name}"
    for index, step in enumerate(state.next):
        if step.go not in script.states and step.go not in script.closings:
            near = suggested(step.go, (*script.states, *script.closings))
            yield Problem(f"{path}/{index}/go", f"{label}: 下一步 {step.go} 不存在{near}")
    if not state.next:
        yield Problem(path, f"{label}: next 里一条也没有，请写上下一步：- go: …")
    elif state.next[-1].when is not None:
        yield Problem(
            path, f"{label}: next 的最后一条不能有 when，不然可能没有下一步；请在后面加一条只有 go 的"
        )


def _idle_steps(state: State) -> Iterator[Problem]:
    for index, step in enumerate(state.next):
        for earlier, before in enumerate(state.next[:index], start=1):
            if before.when is None:
                told = f"前面第 {earlier} 条没有 when，总是先走那一条；请把它移到最后"
            elif step.when is not None and implies(step.when, before.when):
                told = f"前面第 {earlier} 条的条件已经包括了它；请删掉或改条件"
            else:
                continue
            yield Problem(
                f"/states/{state.name}/next/{index}",
                f"状态 {state.name}: next 的第 {index + 1} 条永远走不到，{told}",
            )
            break


_SAID_BY_ITSELF = (Outcome.GAVE_UP, Outcome.CALL_LATER)
"""The machine takes the first closing of these: after too much silence, when our side must end the call."""


def _outcomes(script: Script) -> Iterator[Problem]:
    outcomes = {closing.outcome for closing in script.closings.values()}
    for outcome in (Outcome.COMPLETED, Outcome.GAVE_UP):
        if outcome not in outcomes:
            yield Problem("/closings", f"脚本: closings 里缺少 outcome: {outcome} 的结束语，请加上一个")


def _reach(script: Script) -> Iterator[Problem]:
    """Every state can be reached, and no way leads back."""
    graph = {state.name: [step.go for step in state.next] for state in script.states.values()}
    if script.start not in graph:
        return
    reached, circles = _walk(graph, script.start)
    for name, target in circles:
        yield Problem(
            f"/states/{name}/next",
            f"状态 {name}: 下一步绕回了前面的 {target}，通话会没完没了；请改成往后走的状态或结束语",
            is_of_ways=True,
        )
    for name in graph:
        if name not in reached:
            yield Problem(
                f"/states/{name}",
                f"状态 {name}: 从 {script.start} 出发走不到这里；"
                f"请在前面某个状态的 next 里写 go: {name}，或删掉它",
                is_of_ways=True,
            )
    yield from _unused_closings(script, {go for name in reached for go in graph[name]})


def _walk(graph: Mapping[str, list[str]], start: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The states that are reached, and the steps that lead back."""
    is_done = {start: False}  # name -> whether all that follows has been walked
    circles: list[tuple[str, str]] = []
    way = [(start, iter(graph[start]))]
    while way:
        name, targets = way[-1]
        target = next(targets, None)
        if target is None:
            is_done[name] = True
            way.pop()
        elif target in graph and target not in is_done:
            is_done[target] = False
            way.append((target, iter(graph[target])))
        elif is_done.get(target) is False:
            circles.append((name, target))
    return set(is_done), circles


def _unused_closings(script: Script, gone_to: set[str]) -> Iterator[Problem]:
    by_intents = {intent.go for intent in script.intents.values()}
    closings = script.closings.values()
    by_itself = {next((c.name for c in closings if c.outcome is outcome), "") for outcome in _SAID_BY_ITSELF}
    for closing in closings:
        if closing.name not in gone_to | by_intents | by_itself:
            yield Problem(
                f"/closings/{closing.name}",
                f"结束语 {closing.name}: 没有哪个 next 或 intents 走到这里，永远不会说；"
                f"请接上（go: {closing.name}）或删掉",
                is_warning=True,
                is_of_ways=True,
            )
