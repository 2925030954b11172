"""Synthetic plans: the real ones said in other words, so that a site of any size can be measured.

Each keeps the shape of the real plan it comes from, has its own id and title and a sentence that no other has,
and passes `run.py check`. The same number gives the same files, always.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.project import HOUSE, ROOT, copy_project

ALIKE = (
    ("提高", "提升"), ("开展", "组织"), ("制定", "拟定"), ("群众", "办事群众"), ("问题", "不足"), ("检查", "查看"),
    ("记录", "登记"), ("职工", "员工"), ("每天", "每个工作日"), ("要求", "规定"), ("活动", "行动"), ("宣传", "宣讲"),
    ("学习", "研学"), ("领导", "负责人"), ("确保", "保证"), ("形象", "面貌"), ("方便", "便利"), ("热情", "亲切"),
    ("安排", "部署"), ("总结", "回顾"), ("环境", "场所"), ("做到", "达到"), ("通过", "经过"), ("建立", "设立"),
)  # fmt: skip
"""Words that may take each other's place; none is one that the rules warn of."""

_PLACES = "东街 西街 南湖 北湖 新城 老城 河东 河西 沿江 临港 城关 桥头 站前 园区 古镇 山南 山北 东郊 西郊 中心"
_FOCUSES = (
    "取号 叫号 引导 咨询 投诉 回访 排队 缴费 预约 退换 登记 导览 寄存 候诊 检票 充值 报修 换证 查询 复印 盖章 签收 "
    "分流 疏导 急救 饮水 母婴 轮椅 翻译 手语 雨具 充电 失物 夜间 周末 节假 早市 晚高峰 暑运 春运"
)
PLACES, FOCUSES = _PLACES.split(), _FOCUSES.split()

_TEXT_KEY = re.compile(r"^( *(?:- )?)(text|duty|note|summary|caution|new_measures|measure|trigger): (.*)$")
_TEXT_ITEM = re.compile(r"^( +- )(?![a-z_]+: |\{)(.*[。；：])$")
_BLANK = re.compile(r"(【[^】]*】)")


def write_project(folder: Path, count: int) -> Path:
    """Copy the project into a folder, with as many plans; the real ones come first."""
    copy_project(folder, HOUSE)
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("schema", "plans"))
    plans = folder / "data" / "plans"
    plans.mkdir()
    for name, text in texts(count):
        (plans / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return folder


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Give the id and the text of as many plans."""
    real = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data" / "plans").glob("*.yaml"))]
    yield from real[:count]
    for number in range(len(real), count):
        name, text = real[number % len(real)]
        yield f"{name}-{number:05}", reworded(text, name, number)


def reworded(text: str, name: str, number: int) -> str:
    """Say a plan in other words, under another id and title."""
    chance = random.Random(number)  # noqa: S311 - chance, not secrecy
    own = f"本方案用于{chance.choice(PLACES)}第{number}号服务点，先做好{'、'.join(chance.sample(FOCUSES, 3))}三件事。"
    lines = text.replace(f"id: {name}\n", f"id: {name}-{number:05}\n", 1).split("\n")
    return "\n".join(_line(line, number, own, chance) for line in lines)


def _line(line: str, number: int, own: str, chance: random.Random) -> str:
    if line.startswith("title: "):
        return f"{line}（第{number}号）"
    found = _TEXT_KEY.match(line)
    if found:
        said = _said(found[3], chance)
        return f"{found[1]}{found[2]}: {said}{own if found[2] == 'summary' else ''}"
    found = _TEXT_ITEM.match(line)
    return f"{found[1]}{_said(found[2], chance)}" if found else line


def _said(text: str, chance: random.Random) -> str:
    """Put a like word in the place of every second one, outside blanks; turn round what can be turned."""
    if text[:1] in "\"'|>{[":
        return text
    parts = _BLANK.split(text)
    for at in range(0, len(parts), 2):
        for word, other in ALIKE:
            if chance.random() < 0.5:
                parts[at] = parts[at].replace(word, other)
    return "".join(parts)


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]))
