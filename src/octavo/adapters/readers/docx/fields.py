"""Fields: an instruction that is not shown, and its result that is."""

from octavo.adapters.readers.docx.styles import switched, value_of, whole
from octavo.adapters.readers.office.xml import Element, tag

_RECKONED = frozenset({"PAGE"})
"""Their stored result is that of some other page; what they stand for is known here."""


class Fields:
    """Which field we are in: fields nest, and instructions hold fields as well."""

    def __init__(self) -> None:
        self._open: list[tuple[bool, str]] = []
        """Whether its result has begun, and its instruction so far."""

    @property
    def visible(self) -> bool:
        return all(in_result and not _reckoned(told) for in_result, told in self._open)

    @property
    def visible_around(self) -> bool:
        """Whether the innermost field is in visible text, whatever it is itself."""
        return all(in_result for in_result, _ in self._open[:-1])

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1][0]:
            self._open[-1] = (False, self._open[-1][1] + text)

    def mark(self, kind: str) -> str | None:
        """`begin`, `separate` or `end`; gives the instruction of a field that ended in visible text."""
        if kind == "begin":
            self._open.append((False, ""))
        elif kind == "separate" and self._open:
            self._open[-1] = (True, self._open[-1][1])
        elif kind == "end" and self._open:
            _, instruction = self._open.pop()
            return instruction.strip() if self.visible else None
        return None


def _reckoned(instruction: str) -> bool:
    return (instruction.split() or [""])[0].upper() in _RECKONED


def checkbox_of(form: Element) -> bool | None:
    """Whether the checkbox of an old form is ticked; None where the field is none."""
    box = form.find(tag("w:checkBox"))
    if box is None:
        return None
    return switched(box, "w:checked" if box.find(tag("w:checked")) is not None else "w:default")


def chosen_entry(form: Element) -> str | None:
    """Of a drop-down list in an old form; its field has no other result."""
    choices = form.find(tag("w:ddList"))
    if choices is None:
        return None
    entries = [value_of(entry) or "" for entry in choices.iterchildren(tag("w:listEntry"))]
    chosen = whole(value_of(choices.find(tag("w:result")))) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else None
