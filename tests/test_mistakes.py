r"""Every wrong file in `tests/mistakes/` is told about, in exactly the words of the `.txt` beside it.

`<name>.yaml` is the file as it stands; `<name>.esc` is one that cannot be plain text, with `\xNN` for a byte
and `\uNNNN` for a character. A first line `# model: Task` names the class (or vocabulary) it is checked
against; without it the file must already fail to be read. `page-….esc` and `page-….md` are Markdown pages.

After a change of wording: `ACCEPT=1 python -m pytest tests/test_mistakes.py`, then read the difference.
"""

import os
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import macros.model
from macros.check import check
from macros.source import DataError, front_matter_problems, read, read_text

FOLDER = Path(__file__).parent / "mistakes"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".yaml", ".esc", ".md"})
ESCAPE = re.compile(rb"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})")
MODEL = re.compile(rb"(?:\xef\xbb\xbf)?# model: (\w+)")


def contents(path: Path) -> bytes:
    raw = path.read_bytes()
    return ESCAPE.sub(_unescape, raw) if path.suffix == ".esc" else raw


def _unescape(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)]) if found[1] else chr(int(found[2], 16)).encode()


def model_of(raw: bytes) -> type[BaseModel] | None:
    found = MODEL.match(raw)
    if not found:
        return None
    name = found[1].decode()
    return macros.model.VOCABULARIES.get(name) or getattr(macros.model, name)


def said_of(path: Path) -> str:
    raw = contents(path)
    try:
        if path.stem.startswith("page-"):
            return "\n".join(map(str, front_matter_problems(read_text(raw, path.stem), path.stem)))
        source = read(raw, path.stem)
        model = model_of(raw)
        if model:
            check(source, model)
    except DataError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_wrong_file_is_told_about_in_the_agreed_words(path: Path) -> None:
    golden = path.with_suffix(".txt")
    said = said_of(path)
    assert said
    if os.environ.get("ACCEPT"):
        golden.write_text(said + "\n", encoding="utf-8")
    assert said + "\n" == golden.read_text(encoding="utf-8")


def test_there_are_enough_mistakes() -> None:
    assert len(FILES) >= 120


def test_no_golden_is_left_without_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in FILES}
