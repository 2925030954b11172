"""The workbooks of a plan: 任务分解表, 检查表, 台账目录, 考评自评表; how a sheet is laid out is in sheet.py."""

from __future__ import annotations

from macros.office.form import Form
from macros.office.sheet import GREEN, GREY, RED, Cell, Colour, Column, Sheet, form

DONE, PASSED, FAILED, NOT_NEEDED = "已完成", "合格", "不合格", "不适用"
STATES = ("未开始", "进行中", DONE, NOT_NEEDED)
RESULTS = (PASSED, FAILED, NOT_NEEDED)

_ABOUT = "单位：⟦signer⟧　　年度：⟦year⟧"
_NEEDED = f'(COUNTA([C])-COUNTIF([I],"{NOT_NEEDED}"))'
_LATE = f'ISNUMBER([H])*([H]<TODAY())*([I]<>"{DONE}")*([I]<>"{NOT_NEEDED}")'
_JUDGED = f'(COUNTIF([F],"{PASSED}")+COUNTIF([F],"{FAILED}"))'

_TASKS = Sheet(
    name="任务分解表",
    rows="tasks",
    item="task",
    lines=(
        (Cell("A:F", "words", _ABOUT), Cell("G:K", "draft", "⟦draft⟧")),
        (
            Cell(
                "A:D",
                "figures",
                f'="共 "&COUNTA([C])&" 项，已完成 "&COUNTIF([I],"{DONE}")&" 项，逾期 "&SUMPRODUCT({_LATE})&" 项"',
            ),
            Cell("H:H", "label", "完成率："),
            Cell("I:I", "percent", f'=IF({_NEEDED}>0,COUNTIF([I],"{DONE}")/{_NEEDED},0)'),
        ),
    ),
    columns=(
        Column("序号", 5, "⟦=number⟧", "number"),
        Column("任务", 12, "⟦part⟧", "middle"),
        Column("工作内容", 32, "⟦text⟧⟦limit⟧", "text"),
        Column("牵头部门", 12, "⟦lead⟧", "middle"),
        Column("配合部门", 12, "⟦support⟧", "middle"),
        Column("责任人", 8),
        Column("时间要求", 14, "⟦when⟧", "middle"),
        Column("完成时限", 14, "⟦=serial⟧", "day"),
        Column("完成情况", 9, STATES[0], "choice", STATES),
        Column("佐证材料", 15, "⟦record⟧", "text"),
        Column("备注", 8),
    ),
    colours=(
        Colour("H:I", "=" + _LATE.replace("]", "1]"), RED),
        Colour("I:I", f'=[I1]="{DONE}"', GREEN),
        Colour("A:K", f'=[I1]="{NOT_NEEDED}"', GREY),
    ),
    patterns={"limit": "\n要求：⟦text⟧"},
)

_CHECKS = Sheet(
    name="检查表",
    rows="tasks",
    item="task",
    lines=(
        (Cell("A:D", "words", _ABOUT), Cell("E:H", "draft", "⟦draft⟧")),
        (
            Cell(
                "A:D",
                "figures",
                f'="共 "&COUNTA([C])&" 项，合格 "&COUNTIF([F],"{PASSED}")&" 项，不合格 "&COUNTIF([F],"{FAILED}")&" 项"',
            ),
            Cell("E:E", "label", "合格率："),
            Cell("F:F", "percent", f'=IF({_JUDGED}>0,COUNTIF([F],"{PASSED}")/{_JUDGED},"")'),
        ),
        (
            Cell("A:B", "header", "检查人"),
            Cell("C:C", "open"),
            Cell("D:D", "header", "检查日期"),
            Cell("E:E", "open"),
            Cell("F:F", "header", "签字"),
            Cell("G:H", "open"),
        ),
    ),
    columns=(
        Column("序号", 5, "⟦=number⟧", "number"),
        Column("部分", 12, "⟦part⟧", "middle"),
        Column("检查内容", 36, "⟦text⟧⟦limit⟧", "text"),
        Column("责任部门", 12, "⟦lead⟧", "middle"),
        Column("检查方法、佐证材料", 22, "查看⟦record⟧", "text"),
        Column("检查结果", 9, "", "choice", RESULTS),
        Column("发现的问题", 28),
        Column("整改期限", 14, "", "day"),
    ),
    colours=(
        Colour("F:F", f'=[F1]="{PASSED}"', GREEN),
        Colour("F:F", f'=[F1]="{FAILED}"', RED),
        Colour("A:H", f'=[F1]="{NOT_NEEDED}"', GREY),
    ),
    patterns={"limit": "\n要求：⟦text⟧"},
)

_RECORDS = Sheet(
    name="台账目录",
    rows="records",
    item="record",
    lines=(
        (Cell("A:E", "words", _ABOUT), Cell("F:K", "draft", "⟦draft⟧")),
        (Cell("A:E", "figures", '="共 "&COUNTA([D])&" 项，已归档 "&COUNT([J])&" 项"'),),
    ),
    columns=(
        Column("序号", 5, "⟦=number⟧", "number"),
        Column("任务序号", 6, "⟦=task_number⟧", "number"),
        Column("任务", 32, "⟦task⟧", "text"),
        Column("应留材料", 17, "⟦keep⟧", "text"),
        Column("责任部门", 12, "⟦lead⟧", "middle"),
        Column("时间要求", 15, "⟦when⟧", "middle"),
        Column("材料名称", 17),
        Column("件数", 6, "", "count"),
        Column("存放处", 10),
        Column("归档日期", 14, "", "day"),
        Column("备注", 8),
    ),
    colours=(Colour("J:J", "=ISNUMBER([J1])", GREEN),),
)

_SCORE = Sheet(
    name="考评自评表",
    rows="assessment",
    item="item",
    lines=(
        (Cell("A:C", "words", _ABOUT), Cell("D:H", "draft", "⟦draft⟧")),
        (Cell("A:H", "words", "⟦assessment_note⟧"),),
        (
            Cell("A:C", "header", "合计"),
            Cell("D:D", "sum", "=SUM([D])"),
            Cell("E:F", "open"),
            Cell("G:G", "sum", "=SUM([G])"),
            Cell("H:H", "sum", "=SUM([H])"),
        ),
    ),
    columns=(
        Column("序号", 5, "⟦=number⟧", "number"),
        Column("考核项目", 15, "⟦item⟧", "middle"),
        Column("考核内容", 48, "⟦content⟧", "text"),
        Column("分值", 8, "", "points"),
        Column("评分标准", 28),
        Column("考核办法", 14, "⟦ways⟧", "middle"),
        Column("自评分", 9, "", "points"),
        Column("考核分", 9, "", "points"),
    ),
    colours=(
        Colour("G:G", "=AND(ISNUMBER([D1]),ISNUMBER([G1]),[G1]>[D1])", RED),
        Colour("H:H", "=AND(ISNUMBER([D1]),ISNUMBER([H1]),[H1]>[D1])", RED),
    ),
)


def tasks_form() -> Form:
    """Make 任务分解表: who does what by when, and how far it is."""
    return form(_TASKS)


def checks_form() -> Form:
    """Make 检查表: what one round of inspection looks at, and what it finds."""
    return form(_CHECKS)


def records_form() -> Form:
    """Make 台账目录: what is to be kept of each task, and where it is."""
    return form(_RECORDS)


def score_form() -> Form:
    """Make 考评自评表: the points that a unit gives itself, and those it gets."""
    return form(_SCORE)
