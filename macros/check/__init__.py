"""Check what a file says against a model, and tell an editor every place where it does not fit.

Messages are chosen by pydantic's error types, never by its English texts. What a model's own validators
raise as `PydanticCustomError` is passed on as it is.
"""

from macros.check.report import check
from macros.check.sentences import KNOWN_TYPES

__all__ = ["KNOWN_TYPES", "check"]
