"""What the site is made of: plans, the vocabularies they share, and the book that holds both.

Nothing here reads a file or knows how a page looks.
"""

from macros.model.base import Citation, Model, Origin, Sourced
from macros.model.book import UNNAMED, VOCABULARIES, Book, Vocabulary
from macros.model.core import CoreItem
from macros.model.judging import Assessment, Channel, Methods, Reward
from macros.model.paper import Basis, Block, Section, Subsection
from macros.model.place import City, Province, short_name
from macros.model.plan import Missing, Plan, PlanBlank
from macros.model.text import Blank, Words, labels, pieces
from macros.model.vocabulary import (
    ALL_YEAR,
    NEW_MEASURES,
    PAPER_FIELDS,
    Award,
    FormField,
    Leftover,
    Nature,
    Observance,
    Role,
    SourceText,
    Synonym,
    Term,
    Theme,
    Unit,
)
from macros.model.work import Goal, Member, Moment, Owner, Phase, Record, Task, Threshold, When

__all__ = [
    "ALL_YEAR",
    "NEW_MEASURES",
    "PAPER_FIELDS",
    "UNNAMED",
    "VOCABULARIES",
    "Assessment",
    "Award",
    "Basis",
    "Blank",
    "Block",
    "Book",
    "Channel",
    "Citation",
    "City",
    "CoreItem",
    "FormField",
    "Goal",
    "Leftover",
    "Member",
    "Methods",
    "Missing",
    "Model",
    "Moment",
    "Nature",
    "Observance",
    "Origin",
    "Owner",
    "Phase",
    "Plan",
    "PlanBlank",
    "Province",
    "Record",
    "Reward",
    "Role",
    "Section",
    "SourceText",
    "Sourced",
    "Subsection",
    "Synonym",
    "Task",
    "Term",
    "Theme",
    "Threshold",
    "Unit",
    "Vocabulary",
    "When",
    "Words",
    "labels",
    "pieces",
    "short_name",
]
