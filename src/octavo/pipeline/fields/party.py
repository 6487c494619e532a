"""One party of a document, as it is put together from its address and from numbers elsewhere."""

from dataclasses import dataclass, field

from octavo.domain.field import Field
from octavo.pipeline.fields.addresses import AddressBlock
from octavo.pipeline.fields.tokens import Token, place_of, source_of


@dataclass(slots=True)
class Party:
    """One party: what is said of it, by name of the field."""

    role: str
    score: float
    parts: dict[str, tuple[str, tuple[Token, ...]]] = field(default_factory=dict)
    blocks: list[AddressBlock] = field(default_factory=list)

    def to_fields(self) -> list[Field]:
        found = [self._field(name, *said, self.score) for name, said in self.parts.items() if said[0]]
        address = self._address()
        return [*found, address] if address is not None else found

    def _field(self, name: str, value: str, tokens: tuple[Token, ...], score: float) -> Field:
        raw = " ".join(token.text for token in tokens) if tokens else None
        return Field(f"{self.role}.{name}", value, source_of(tokens), raw, place_of(tokens), score)

    def _address(self) -> Field | None:
        street, code, city = (self.parts.get(name) for name in ("street", "postal_code", "city"))
        if city is None:
            return None
        state = self.parts.get("state")
        place = " ".join(part[0] for part in (code, city) if part)
        value = ", ".join(
            part for part in (street[0] if street else "", place, state[0] if state else "") if part
        )
        tokens: list[Token] = []
        for part in (street, code, city):
            tokens += [token for token in part[1] if token not in tokens] if part else []
        return self._field("address", value, tuple(tokens), self.score)
