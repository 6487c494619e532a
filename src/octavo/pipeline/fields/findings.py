"""What a finder hands back, before calibration."""

from dataclasses import dataclass, field

from octavo.domain.field import Field, FieldCheck


@dataclass(slots=True)
class Findings:
    fields: list[Field] = field(default_factory=list)
    """Their confidence is the finder's own score, 0.0-1.0; `extract` calibrates it."""
    checks: list[FieldCheck] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
