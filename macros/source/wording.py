"""Say PyYAML's syntax errors in Chinese, with what to do.

Why by their English text: PyYAML gives nothing else. A test reads PyYAML's own source and fails
when it holds a text that is not known here.
"""

import yaml

from macros.source.problem import Problem, Text

_BRACKETS = "括号里的各项要用半角逗号加空格隔开，最后用半角括号关上；请检查上面的“[”和“{”是否成对"
_INDENT = "这一行的缩进和同一组的其他行对不齐；同一组的项要从同一列开始"
_ESCAPE = "双引号里的“\\”有特别的意思；请改用单引号，或者写成“\\\\”"
_TAG = "“!”在 YAML 里是类型标签，这里不用；是正文的话，请用引号括起来"
_DIRECTIVE = "不用“%”开头的 YAML 指令；请删掉这一行"
_SAID = {
    "could not find expected ':'": "这一行不是“键: 值”；检查冒号是不是半角、后面有没有空格，或者上一行的引号有没有关",
    "mapping values are not allowed here": (
        "这里多了一个半角冒号，或者缩进不对；正文里的冒号请改用全角“：”，或者用引号括起来"
    ),
    "mapping keys are not allowed here": "这里不能用“? ”；请写成“键: 值”",
    "sequence entries are not allowed here": "列表项“- ”不能写在这里；请另起一行，并和同一组的其他项对齐",
    "found unexpected end of stream": "到文件末尾，引号还没有关；引号要在同一行里成对",
    "found unexpected document separator": "引号没有关就到了“---”；引号要在同一行里成对",
    "found unknown escape character": _ESCAPE,
    "expected escape sequence": _ESCAPE,
    "expected chomping or indentation indicators": "“|”和“>”后面不能接着写文字；请另起一行，并多缩进两格",
    "expected indentation indicator": "“|”和“>”后面不要写数字",
    "expected a comment or a line break": "这一行后面多了文字；“|”后面的文字要另起一行",
    "expected <block end>": _INDENT,
    "expected the node content": "这里该有一个值，却只有标点；请检查有没有多余的逗号、括号或引号",
    "expected ',' or ']'": _BRACKETS,
    "expected ',' or '}'": _BRACKETS,
    "expected '<document start>'": "这里不该再有内容；请检查这一行的缩进，第一层的各项要顶格写",
    "that cannot start any token": "值不能以这个符号开头；请用引号把整个值括起来",
    "expected alphabetic or numeric character": "“&”和“*”在 YAML 里有特别的意思，这里不用；是正文的话，请用引号括起来",
    "expected ' '": _DIRECTIVE,
    "expected a digit": _DIRECTIVE,
    "found duplicate YAML directive": _DIRECTIVE,
    "found incompatible YAML document": _DIRECTIVE,
    "found undefined tag handle": _TAG,
    "expected '!'": _TAG,
    "expected '>'": _TAG,
    "expected URI": _TAG,
}
_OTHERWISE = "从这里起读不下去了；请检查这一行和上一行的引号、括号、冒号和缩进"


def syntax_problem(text: Text, content: str) -> Problem | None:
    """Parse again with the parser written in Python, whose errors say more; None if it finds nothing."""
    try:
        for _ in yaml.parse(content, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return _say(text, error)
    except (yaml.YAMLError, RecursionError):
        return text.problem(1, 1, _OTHERWISE)
    return None


def meaning(english: str) -> str:
    """Give the Chinese sentence for an English one."""
    return next((said for known, said in _SAID.items() if known in english), _OTHERWISE)


def knows(english: str) -> bool:
    """Tell whether there is a sentence of its own for an English one."""
    return any(known in english for known in _SAID)


def _say(text: Text, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    last = next((number for number in range(len(text.lines), 0, -1) if text.lines[number - 1].strip()), 1)
    if line > last:
        line, column = last, len(text.lines[last - 1]) + 1
    return text.problem(line, column, meaning(str(error.problem)) + _since(error, line))


def _since(error: yaml.MarkedYAMLError, line: int) -> str:
    start = error.context_mark
    return f"（这一组从第 {start.line + 1} 行开始）" if start and start.line + 1 != line else ""
