"""How one document writes numbers and dates."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    language: str = "en"
    """ISO 639-1."""
    decimal: str = "."
    thousands: str = ","
    """What the document puts between groups of three digits: `.`, `,`, a space or an apostrophe."""
    date_order: str = "dmy"
    """`dmy`, `mdy` or `ymd`: of dates in digits."""
    currency: str | None = None
    """ISO 4217, where the document says or its country has only one."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""

    @property
    def tag(self) -> str:
        """BCP 47: `de-DE`, `de`."""
        return f"{self.language}-{self.country}" if self.country else self.language
