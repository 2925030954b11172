"""Names of provinces, prefectures and counties: by them the leftover check knows another place's name."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from macros.model.base import Many, Model
from macros.model.text import Line

_NAME = "[\u3400-\u9fff]+(?:特别行政区|地区|[省市县区旗州盟])"
_PEOPLES = (
    "满|回|壮|苗|彝|藏|蒙古|维吾尔|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|土|仡佬|羌|"
    "布朗|撒拉|毛南|仫佬|锡伯|普米|塔吉克|怒|柯尔克孜|达斡尔|鄂温克|保安|裕固|独龙|各"
)
_SUFFIX = re.compile(
    rf"(?<=..)(?:(?:(?:{_PEOPLES})族|维吾尔|哈萨克|蒙古|柯尔克孜|塔吉克|锡伯)*自治[区州县旗]|回族区|达斡尔族区"
    r"|特别行政区|地区|林区|新区|[省市县区旗盟])$"
)


def short_name(name: str) -> str:
    """Leave out of a full name what it is: 双江拉祜族佤族自治县 → 双江; a name of two characters stays whole."""
    return _SUFFIX.sub("", name, count=1)


Names = Annotated[
    str,
    StringConstraints(pattern=f"^{_NAME}(?:、{_NAME})*$"),
    Field(json_schema_extra={"form": "全称，带“市、县、区”，之间用顿号分开，例如 东风市、西风县"}),
]
"""Full names in one line. Why one line: a list of three thousand entries would double the time of reading the data."""


class City(Model):
    """A prefecture with its counties."""

    model_config = ConfigDict(title="地级行政区")

    name: Names
    """全称，例如“东风市”。"""
    counties: Names | None = None
    """下辖的县（市、区），全称，之间用顿号分开。"""


class Province(Model):
    """A province with all that lies in it."""

    model_config = ConfigDict(title="省级行政区")

    name: Names
    """全称。"""
    counties: Names | None = None
    """直辖市的区县、省直管的县（市），全称，之间用顿号分开。"""
    cities: Many[City] = ()
    """地级的市、地区、自治州、盟。"""
    former: Names | None = None
    """近年撤并、改名前的名称，旧范文里还有。"""
    words: Line | None = None
    """去掉“市、县、区”就是普通词，或各地都有的地名，之间用顿号分开；检查时只认它们的全名。"""
