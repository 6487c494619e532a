"""What is printed above and below a sheet, without the codes for page numbers, dates and fonts."""

import re

_SECTION = re.compile(r"&([LCR])")
_CODE = re.compile(r'&(?:&|"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|[A-Za-z])')


def margin_text(written: str, sheet: str) -> str:
    """Left, centre and right, one a line; `&A` is the sheet's name. Empty where only codes are left."""
    parts = _SECTION.split(written)
    texts = [parts[0], *parts[2::2]]
    shown = (_plain(text, sheet) for text in texts)
    return "\n".join(text for text in shown if text)


def _plain(text: str, sheet: str) -> str:
    if "&P" in text or "&N" in text:
        text = _without_counts(text)

    def meant(match: re.Match[str]) -> str:
        return {"&&": "&", "&A": sheet}.get(match[0].upper(), "")

    return " ".join(_CODE.sub(meant, text).split())


def _without_counts(text: str) -> str:
    """`Page &P of &N` says nothing once its numbers are gone; the lines around it stay."""
    kept = [line for line in text.split("\n") if "&P" not in line and "&N" not in line]
    return "\n".join(kept)
