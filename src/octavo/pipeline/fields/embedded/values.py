"""Values of an e-invoice, gathered by path."""

from dataclasses import dataclass, field

from octavo.domain.field import Field, FieldSource, Scalar


@dataclass(slots=True)
class Values:
    """Paths and values in the order they were put; nothing is put twice."""

    found: dict[str, Scalar] = field(default_factory=dict)

    def put(self, path: str, value: Scalar | None) -> None:
        if value is not None and value != "" and path not in self.found:
            self.found[path] = value

    def to_fields(self) -> list[Field]:
        return [
            Field(path, value, FieldSource.EMBEDDED, confidence=1.0) for path, value in self.found.items()
        ]


def joined_address(
    street: str | None, postal_code: str | None, city: str | None, state: str | None
) -> str | None:
    """As one line of text, parts by commas, as the visible address is given."""
    place = " ".join(part for part in (postal_code, city) if part)
    return ", ".join(part for part in (street, place, state) if part) or None
