"""Build plain data, with the place of every part, from YAML's events."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import yaml

from macros.source.flow import DEEPEST
from macros.source.problem import Place, Problem, Text, shorten
from macros.source.scalars import guess, guess_message, key_fault, plain_value

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | bool | None"
"""What a file may hold."""

Event: TypeAlias = Any
"""One of PyYAML's events. Why so loosely: its stubs let every mark be None, which no mark of ours is."""

_Start: TypeAlias = yaml.MappingStartEvent | yaml.SequenceStartEvent
_TIGHT_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[:：]")
_EMPTY = "“{}”后面没有值；请写上，或者删掉这一项"
_EMPTY_FLOW = "“{}”没有值；各项写成“键: 值”（冒号要半角，后面有空格），正文里有半角逗号的要加引号"
_NONE: Mapping[Any, Any] = MappingProxyType({})
_EMPTY_ITEM = "这一项是空的；请写上，或者删掉"


class Node:
    """Hold one part of a file: its value, where it begins and ends, and its own parts.

    Why marks and not places: there are as many as words in a file, and hardly any is asked for.
    """

    __slots__ = ("data", "end_mark", "keys", "parts", "start_mark")

    def __init__(self, data: Data, event: Event) -> None:
        """Make a part that has no parts."""
        self.data = data
        self.start_mark = event.start_mark
        self.end_mark = event.end_mark
        self.keys: Mapping[str, Node] = _NONE
        self.parts: Mapping[str | int, Node] = _NONE

    @property
    def start(self) -> Place:
        """Give the place of the first character."""
        return Place(self.start_mark.line + 1, self.start_mark.column + 1)

    @property
    def end(self) -> Place:
        """Give the place after the last character."""
        return Place(self.end_mark.line + 1, self.end_mark.column + 1)


def build(text: Text, events: Iterator[Event]) -> tuple[Node | None, list[Problem]]:
    """Build the tree of a file, and list what is wrong; raise yaml.YAMLError on broken syntax."""
    builder = _Builder(text, events)
    return builder.document(), builder.problems


class _Builder:
    def __init__(self, text: Text, events: Iterator[Event]) -> None:
        self._text = text
        self._events = events
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        """Take the first document; tell about any other."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._document_start(event, first=root is None)
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, 1)
                root = root or (None if _is_empty(event) else node)
        return root

    def _document_start(self, event: Event, *, first: bool) -> None:
        if not first:
            self._tell(event, "一个文件只放一份数据，不能再用“---”开始第二份；请拆成两个文件")
        if event.version or event.tags:
            self._tell(event, "不用“%”开头的 YAML 指令；请删掉")

    def _node(self, event: Event, depth: int) -> Node:
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > DEEPEST and isinstance(event, _Start):
            return self._too_deep(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return Node("", event)

    def _refuse_marks(self, event: Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._tell(event, f"“*{event.anchor}”在 YAML 里是引用，这里不用；是正文的话，请加引号")
        elif event.anchor:
            self._tell(event, f"“&{event.anchor}”在 YAML 里是锚点，这里不用；是正文的话，请加引号")
        elif getattr(event, "tag", None):
            self._tell(event, "“!”在 YAML 里是类型标签，这里不用；是正文的话，请加引号")

    def _too_deep(self, event: Event) -> Node:
        self._tell(event, f"一层套一层，超过了 {DEEPEST} 层；请检查缩进和括号")
        open_ = 1
        while open_:
            inner = next(self._events)
            open_ += isinstance(inner, _Start)
            open_ -= isinstance(inner, yaml.MappingEndEvent | yaml.SequenceEndEvent)
        return Node("", event)

    def _scalar(self, event: Event) -> Node:
        value = event.value
        if event.style in ("|", ">"):
            return Node(value.rstrip("\n"), event)
        if event.start_mark.line != event.end_mark.line:
            self._tell(event, "这段文字跨了行，会被接成一行；请写在同一行里，要分行就用“|”")
        elif not event.style and value:
            return self._plain(event)
        elif value != value.strip():
            self._tell(event, "引号里的开头或结尾有空格；请删掉")
        elif event.style and not value:
            self._tell(event, "引号里什么也没有；请写上，或者删掉这一项")
        return Node(value, event)

    def _plain(self, event: Event) -> Node:
        meaning = guess(event.value)
        if meaning:
            self._tell(event, guess_message(event.value, meaning))
        elif event.value[0] == "\u3000" or event.value[-1] == "\u3000":
            self._tell(event, "开头或结尾有全角空格；请删掉")
        data = event.value if meaning else plain_value(event.value)
        return Node(data, event)

    def _sequence(self, event: Event, depth: int) -> Node:
        items: list[Data] = []
        parts: dict[str | int, Node] = {}
        while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
            if event.flow_style:
                self._refuse_pair(inner)
            if _is_empty(inner):
                self._tell(inner, _EMPTY_ITEM)
            part = self._node(inner, depth + 1)
            parts[len(items)] = part
            items.append(part.data)
        return _with_parts(Node(items, event), parts, inner)

    def _refuse_pair(self, event: Event) -> None:
        """Tell about `[a: b]`, where YAML makes an object of one key."""
        if isinstance(event, yaml.MappingStartEvent) and Node(None, event).start == Node(None, event).end:
            self._tell(event, "列表里写成了“键: 值”；是正文的话请加引号，不是的话请用“{”和“}”括起来")

    def _mapping(self, event: Event, depth: int) -> Node:
        keys: dict[str, Node] = {}
        parts: dict[str | int, Node] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            name = self._key(inner, depth)
            part = self._value(name, inner, depth)
            if name in keys:
                line = keys[name].start.line
                self._tell(inner, f"“{shorten(name)}”写了两遍（第一遍在第 {line} 行）；请只留一个")
            else:
                keys[name], parts[name] = Node(name, inner), part
        node = Node({name: parts[name].data for name in keys}, event)
        node.keys = keys
        return _with_parts(node, parts, inner)

    def _key(self, event: Event, depth: int) -> str:
        """Take a key, which is text, not empty, and not what YAML would guess at."""
        if not isinstance(event, yaml.ScalarEvent):
            self._tell(event, "项的名称只能是一个词，不能是列表、括号或引用")
            if isinstance(event, yaml.NodeEvent):
                self._node(event, depth + 1)
            return ""
        self._refuse_marks(event)
        fault = "" if event.style else key_fault(event.value)
        if not event.value:
            fault = "冒号前面没有名称；请写上"
        if fault:
            self._tell(event, fault)
        return unicodedata.normalize("NFC", event.value)

    def _value(self, name: str, key: Event, depth: int) -> Node:
        event = next(self._events)
        if _is_empty(event):
            self._no_value(name, key, event)
        return self._node(event, depth + 1)

    def _no_value(self, name: str, key: Event, event: Event) -> None:
        line = self._text.lines[key.start_mark.line]
        colon = ":" in line[key.end_mark.column : event.end_mark.column + 1]
        tight = _TIGHT_KEY.match(name)
        if tight and not colon:
            self._tell(key, f"“{tight[1]}”后面要用半角冒号加一个空格：“{tight[1]}: ”")
        else:
            self._tell(key, (_EMPTY if colon else _EMPTY_FLOW).format(shorten(name)))

    def _tell(self, event: Event, message: str) -> None:
        mark = event.start_mark
        self.problems.append(self._text.problem(mark.line + 1, mark.column + 1, message))


def _is_empty(event: Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and not event.value and not event.tag


def _with_parts(node: Node, parts: dict[str | int, Node], end: Event) -> Node:
    node.parts = parts
    node.end_mark = end.end_mark
    return node
