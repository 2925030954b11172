"""A form: an office file with places in it, and the one rule by which they are filled.

docs/assets/javascripts/filling/forms.js follows the same rule in the browser, to the byte. A form holds no logic: it
looks names up in a record. In its texts

- `⟦name⟧` is what the record says, escaped for the kind of file: a text (in Word whole runs, what is not filled in
  shaded), or a list, each item `{"is": pattern, …}` written by the pattern it names;
- `⟦name|Style⟧` is the text in runs of a character style (Word only);
- `⟦=name⟧` is the plain text, for attributes, numbers and the like.

A name is looked up in the item, then in what is around it; one that is nowhere is a KeyError. In the lists of the
outermost record each item also has its `row`, counted from the form's `first`, and the `height` that its cells need.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

from macros.filling import Record, Slot, pieces, plain

Kind = Literal["docx", "xlsx", "ics"]
Places = Mapping[str, Slot]
Scope = dict[str, Any]
"""What can be looked up: an item's names over those of what is around it."""

_SLOT = re.compile(r"⟦(=?)([^⟦⟧|]*)\|?([^⟦⟧]*)⟧")
_LITERAL = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ICS_SPECIAL = re.compile(r"[\\;,]")
_LINE, _AIR, _HIGHEST = 15, 5, 409
"""Points: of a line of 11 points, of what is left free in a row, and the most that a row can have."""

_FOLD = 75
"""The octets of a line of iCalendar, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Part:
    """A file inside an office file: a `text` with places, or `data` that never changes."""

    name: str
    text: str | None = None
    data: bytes = b""


@dataclass(frozen=True)
class Choice:
    """One way of a preset; `slots` are what the form's places `⟦=name⟧` then hold."""

    value: str
    label: str
    slots: Mapping[str, str]


@dataclass(frozen=True)
class Preset:
    """Something of a form's look that offices differ in; its first choice is the standard."""

    key: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Wrap:
    """A cell whose words wrap: `text` with places, and how many half-width characters a line of it has `room` for."""

    text: str
    room: int


@dataclass(frozen=True)
class Form:
    """An office file to be filled in; `first` is the row of a sheet in which the first item of a list stands.

    `wraps` are the cells that decide how high the row of an item is.
    """

    kind: Kind
    parts: tuple[Part, ...]
    patterns: Mapping[str, str] = field(default_factory=dict)
    first: int = 1
    presets: tuple[Preset, ...] = ()
    wraps: Mapping[str, tuple[Wrap, ...]] = field(default_factory=dict)


def make(form: Form, filled: Record) -> bytes:
    """Fill a form: `filled` is the record that macros/filling.py makes."""
    texts = expand(form, filled)
    if form.kind == "ics":
        return "".join(texts.values()).encode()
    return archive(
        {part.name: texts[part.name].encode() if part.text is not None else part.data for part in form.parts}
    )


def expand(form: Form, filled: Record) -> Mapping[str, str]:
    """Fill the texts of a form; by name of the part."""
    scope = {**filled, **dict(_looks(form, filled["preset"]))}
    write = _Writer(form, filled["slots"])
    finish = _fold if form.kind == "ics" else str
    return {part.name: finish(write.text(part.text, scope)) for part in form.parts if part.text is not None}


def archive(files: Mapping[str, bytes]) -> bytes:
    """Zip files, the same bytes for the same files on every day and machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive_:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive_.writestr(entry, files[name], compresslevel=9)
    return stream.getvalue()


def for_browser(form: Form) -> Record:
    """Write a form as the browser gets it: what never changes is deflated already, so that it only has to be put in."""
    return {
        "kind": form.kind,
        "first": form.first,
        "patterns": dict(form.patterns),
        "parts": [_part_for_browser(part) for part in form.parts],
        "presets": [_preset_for_browser(preset) for preset in form.presets],
        "wraps": {item: [asdict(wrap) for wrap in wraps] for item, wraps in form.wraps.items()},
    }


def _part_for_browser(part: Part) -> Record:
    if part.text is not None:
        return {"name": part.name, "text": part.text}
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = deflate.compress(part.data) + deflate.flush()
    facts = {"name": part.name, "size": len(part.data), "crc": zlib.crc32(part.data)}
    return {**facts, "deflated": base64.b64encode(deflated).decode()}


def _preset_for_browser(preset: Preset) -> Record:
    choices = [{"value": one.value, "label": one.label, "slots": dict(one.slots)} for one in preset.choices]
    return {"key": preset.key, "label": preset.label, "choices": choices}


def _looks(form: Form, chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for preset in form.presets:
        found = [choice for choice in preset.choices if choice.value == chosen.get(preset.key)]
        yield from (found or preset.choices)[0].slots.items()


class _Place(NamedTuple):
    """A place in a text of a form, and the words before it."""

    before: str
    flat: str
    name: str
    style: str


@cache
def _cut(text: str) -> tuple[tuple[_Place, ...], str]:
    """Cut a text of a form at its places; give these, and what follows the last.

    Why cached: forms have few texts, and each is filled for every row of every plan.
    """
    *cut, rest = _SLOT.split(text)
    return tuple(_Place(*cut[at : at + 4]) for at in range(0, len(cut), 4)), rest


class _Writer:
    def __init__(self, form: Form, places: Places) -> None:
        self._form = form
        self._value = _value_writer(form.kind, places)

    def text(self, text: str, scope: Scope) -> str:
        places, rest = _cut(text)
        said: list[str] = []
        for before, flat, name, style in places:
            value = scope[name]
            said.append(before)
            said.append(self._value(flat, value, style) if isinstance(value, str) else self._list(value, scope))
        return "".join(said) + rest

    def _list(self, items: Sequence[Record], scope: Scope) -> str:
        if "row" in scope:
            return "".join(self._item(item, scope) for item in items)
        rows = enumerate(items, self._form.first)
        return "".join(self._item(item, {**scope, "row": str(row)}) for row, item in rows)

    def _item(self, item: Record, around: Scope) -> str:
        scope = {**around, **item}
        lines = [_lines(self.text(wrap.text, scope), wrap.room) for wrap in self._form.wraps.get(item["is"], ())]
        scope["height"] = str(min(_LINE * max(lines, default=1) + _AIR, _HIGHEST))
        return self.text(self._form.patterns[item["is"]], scope)


def _value_writer(kind: Kind, places: Places) -> Callable[[str, str, str], str]:
    """Give what writes a value in a place, flat or in a style, for a kind of file.

    Why cached: what a cell says also decides how high its row is, and many rows say the same.
    """
    rich = {"docx": _runs, "xlsx": _cell, "ics": _calendar}[kind]

    @cache
    def written(flat: str, value: str, style: str) -> str:
        return _escaped(plain(value, places)) if flat else rich(value, style, places)

    return written


def _runs(text: str, style: str, places: Places) -> str:
    """Write a text as runs of Word; a blank is exactly one."""
    runs = words = ""
    for piece in pieces(text, places):
        if piece.blank:
            runs += _run(words, style) + _run(piece.text, "Blank")
            words = ""
        else:
            words += piece.text
    return runs + _run(words, style)


def _cell(text: str, _style: str, places: Places) -> str:
    return _escaped(_LITERAL.sub("_x005F_", plain(text, places)))


def _calendar(text: str, _style: str, places: Places) -> str:
    return _ICS_SPECIAL.sub(r"\\\g<0>", plain(text, places)).replace("\n", "\\n")


def _escaped(text: str) -> str:
    """Escape a text for XML. Why not `translate`: it looks up each Chinese character, which takes ten times as long."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _lines(text: str, room: int) -> int:
    """Count the lines that a text takes, with room for so many half-width characters in each."""
    return sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))


def _width(line: str) -> int:
    """Measure a line in half-width characters, which are those of Latin-1."""
    return 2 * len(line) - len(line.encode("latin-1", "ignore"))


def _run(text: str, style: str) -> str:
    """Write a run of Word; none where there are no words."""
    if not text:
        return ""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    words = _escaped(text)
    for char, tag in (("\n", "br"), ("\t", "tab")):
        words = words.replace(char, f'</w:t><w:{tag}/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{look}<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _fold(text: str) -> str:
    """Break the lines of a calendar at 75 octets, never inside a character, and end them with CRLF."""
    return "".join(f"{_folded(line)}\r\n" for line in text.split("\n") if line)


def _folded(line: str) -> str:
    parts, octets = [""], 0
    for char in line:
        size = len(char.encode())
        if octets + size > _FOLD:
            parts.append("")
            octets = 1  # The blank that begins a line which goes on.
        parts[-1] += char
        octets += size
    return "\r\n ".join(parts)
