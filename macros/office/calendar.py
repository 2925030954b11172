"""日程.ics: the phases of a plan and its dated tasks, as days for phones and mail programs (RFC 5545)."""

from __future__ import annotations

from macros.office.form import Form, Part

_CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//wmck//plan calendar 1//ZH
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:⟦title⟧
X-WR-CALDESC:⟦version⟧
⟦events⟧END:VCALENDAR
"""

# Whole days have no zone. The end is the midnight after the last day, so the reminder, three days before the last day
# at nine in the morning, is three days and fifteen hours before it.
_EVENT = """\
BEGIN:VEVENT
UID:⟦=uid⟧
DTSTAMP:⟦=stamp⟧
DTSTART;VALUE=DATE:⟦=first⟧
DTEND;VALUE=DATE:⟦=after⟧
SUMMARY:⟦summary⟧
DESCRIPTION:⟦description⟧
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:⟦summary⟧
TRIGGER;RELATED=END:-P3DT15H
END:VALARM
END:VEVENT
"""


def form() -> Form:
    """Make the form of the calendar."""
    return Form("ics", (Part("calendar.ics", _CALENDAR),), {"event": _EVENT})
