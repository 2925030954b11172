"""Rules about names: no two alike, none that must not stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from macros.model import ALL_YEAR, NEW_MEASURES, UNNAMED, Plan, Province, short_name
from macros.model.walk import Way
from macros.rules.draft import Draft, Finding, Rule, sections_of

RESERVED = frozenset(
    {"index", "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""What no folder of a page may be called: the list of them all, and the devices of Windows."""

RESERVED_FOR = "网址里的文件夹要用它命名，而 index 是列表页，con、nul 这些是 Windows 留着的；请换一个"


class NamesAreUnique(Rule):
    """编号、名称不能重复：词表里的 id、名称和空的名称，各方案的标题，方案内的各种 id；也不能用留作别用的编号。"""

    _VOCABULARY_KEYS: ClassVar[tuple[str, ...]] = ("id", "name", "label")
    _FOLDERS: ClassVar[tuple[str, ...]] = ("units", "themes")
    _PLAN_LISTS: ClassVar[tuple[str, ...]] = ("goals", "phases", "tasks", "channels", "assessment")

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look into vocabularies, then across plans, then inside each plan."""
        for name, entries in draft.vocabularies.items():
            for key in self._VOCABULARY_KEYS:
                if name == "leftovers" and key == "name":
                    continue
                yield from _repeats(draft.vocabulary_files[name], (), entries, key)
        for name in self._FOLDERS:
            yield from _reserved(draft.vocabulary_files.get(name, ""), draft.vocabularies.get(name, ()))
        yield from self._titles(draft)
        for file, plan in draft.plans.items():
            for name in self._PLAN_LISTS:
                yield from _repeats(file, (name,), getattr(plan, name), "id")
            yield from self._phases(file, plan)
            yield from _repeats(file, ("blanks",), plan.blanks, "field")
            yield from self._sections(file, plan)

    def _phases(self, file: str, plan: Plan) -> Iterator[Finding]:
        for index, phase in enumerate(plan.phases):
            if phase.id == ALL_YEAR:
                yield Finding(file, ("phases", index, "id"), f"“{ALL_YEAR}”留给不分阶段的任务，请换一个编号")

    def _titles(self, draft: Draft) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for file, plan in draft.plans.items():
            other = first.setdefault(plan.title, file)
            if other != file:
                yield Finding(file, ("title",), f"标题“{plan.title}”和 {other} 的重复，请改成能区分的标题")

    def _sections(self, file: str, plan: Plan) -> Iterator[Finding]:
        seen: set[str] = set()
        taken = {NEW_MEASURES, *(f"phase-{phase.id}" for phase in plan.phases)}
        for way, section in sections_of(plan):
            if section.id in taken:
                yield Finding(file, (*way, "id"), f"章节编号“{section.id}”已经是页面上别处的位置，请换一个")
            if section.id in seen:
                yield Finding(file, (*way, "id"), f"章节编号“{section.id}”重复，同一方案里不能有两个")
            seen.add(section.id)


def _reserved(file: str, entries: Iterable[Any]) -> Iterator[Finding]:
    for index, entry in enumerate(entries):
        if entry.id in RESERVED:
            yield Finding(file, (index, "id"), f"“{entry.id}”不能作编号：{RESERVED_FOR}")


def _repeats(file: str, way: Way, entries: Iterable[Any], key: str) -> Iterator[Finding]:
    values = [getattr(entry, key, None) for entry in entries]
    counts = Counter(value for value in values if value is not None)
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value is not None and counts[value] > 1:
            if value in seen:
                yield Finding(file, (*way, index, key), f"“{value}”和前面的重复，{key} 不能有两个一样的")
            seen.add(value)


class FileNameIsId(Rule):
    """方案的文件名就是它的 id，加上 .yaml；不能叫 index，也不能用 Windows 留着的名字（con、nul 等）。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare each plan's id with its file name."""
        for file, plan in draft.plans.items():
            name = file.rsplit("/", 1)[-1].removesuffix(".yaml")
            if plan.id in RESERVED:
                yield Finding(file, ("id",), f"“{plan.id}”不能作编号：{RESERVED_FOR}")
            if plan.id != name:
                yield Finding(file, ("id",), f"id 是“{plan.id}”，文件名却是“{name}.yaml”，两者要一致")


class NoExampleNames(Rule):
    """来源里的真实地名、单位名只能放在 data/leftovers.yaml，别处一律写成空；data/places.yaml 里的地名不算。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look for every leftover name in every other file."""
        names = sorted((item.name for item in draft.vocabularies.get("leftovers", ())), key=len, reverse=True)
        lists = {draft.vocabulary_files.get(name) for name in UNNAMED}
        for file, walked in draft.walked.items():
            whole = "\n".join(text for _, text in walked.texts)
            present = [name for name in names if name in whole]
            if present and file not in lists:
                yield from self._of(file, walked.texts, present)

    def _of(self, file: str, texts: Iterable[tuple[Way, str]], names: Iterable[str]) -> Iterator[Finding]:
        for way, text in texts:
            found = next((name for name in names if name in text), None)
            if found:
                message = f"出现了来源里的真实名称“{found}”，请改成空，例如【单位全称】"
                yield Finding(file, way, message, needle=found)


class PlacesAreWhole(Rule):
    """data/places.yaml 里，同一个上级下面的地名不重复；words 里的要是本省某个地名去掉“市、县、区”。"""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look into each province."""
        file = draft.vocabulary_files.get("places", "")
        for index, province in enumerate(draft.vocabularies.get("places", ())):
            yield from self._province(file, index, province)

    def _province(self, file: str, index: int, province: Province) -> Iterator[Finding]:
        short = {short_name(province.name)}
        for way, text in _lists_of(province):
            names = text.split("、")
            again = next((name for name, count in Counter(names).items() if count > 1), None)
            if again is not None:
                yield Finding(file, (index, *way), f"“{again}”写了两次", needle=again)
            short.update(short_name(name) for name in names)
        for word in (province.words or "").split("、"):
            if word and word not in short:
                yield Finding(file, (index, "words"), f"这个省没有哪个地名去掉“市、县、区”是“{word}”", needle=word)


def _lists_of(province: Province) -> Iterator[tuple[Way, str]]:
    """Give every list of names in a province with its way. Why apart: two prefectures may each have a 城关区."""
    yield from ((("counties",), text) for text in (province.counties,) if text)
    yield from ((("former",), text) for text in (province.former,) if text)
    for index, city in enumerate(province.cities):
        yield ("cities", index, "name"), city.name
        if city.counties:
            yield ("cities", index, "counties"), city.counties


class SynonymsLeadOn(Rule):
    """别的说法：一个说法只写一次，也不能已经包含在它所指的写法里。"""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare what readers say with what it means, and with what stood before."""
        file = draft.vocabulary_files.get("synonyms", "")
        seen: set[str] = set()
        for index, synonym in enumerate(draft.vocabularies.get("synonyms", ())):
            for at, said in enumerate(synonym.said):
                way = (index, "said", at)
                if said in seen:
                    yield Finding(file, way, f"“{said}”前面已经写过，请并到一处")
                if any(said in one for one in synonym.means):
                    yield Finding(file, way, f"“{said}”已经包含在 means 的写法里，搜索不用它也找得到，请删掉")
                seen.add(said)
