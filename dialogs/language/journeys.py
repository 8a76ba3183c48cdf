"""Words of journeys to where nobody of the city lives: 回老家, 去了趟农村, 在海边待了. Data only."""

from __future__ import annotations

from itertools import product

_FAR = "老家 农村 村里 乡下 娘家 婆家 外地 外省 外市 海边 东北 西北 南方 国外 境外".split()  # noqa: SIM905
_HOME = frozenset(("老家", "农村", "村里", "乡下", "娘家", "婆家", "东北", "南方"))
"""Where somebody may come from, so that he goes back there."""
_GOING = ("去", "上", "到", "跑")
_DONE = ("", "了", "过", "的", "趟", "了趟", "一趟", "了一趟", "过一趟", "了一次", "过一次")
_STAYING = ("待", "呆", "住", "玩")


def journey_words() -> tuple[str, ...]:
    """Each verb with each way to tell that something was done, and each place."""
    going = (verb + done + far for verb, done, far in product(_GOING, _DONE, _FAR))
    returning = ("回" + done + far for done, far in product(_DONE, _FAR) if far in _HOME)
    staying = (f"{far}{verb}了" for far, verb in product(_FAR, _STAYING))
    been = (far + went for far, went in product(_FAR, ("去了", "去过", "跑了", "跑过", "跑遍了")))
    back = (f"从{far}{verb}" for far, verb in product(_FAR, ("回来", "返回", "刚回来", "才回来", "赶回来")))
    return tuple(dict.fromkeys((*going, *returning, "回村", "回了村", "回过村", *staying, *been, *back)))


def words_of_none() -> tuple[str, ...]:
    """不去老家, 没回农村."""
    return tuple(no + far for no, far in product(("不去", "不回", "没去", "没回"), _FAR))
