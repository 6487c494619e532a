"""List entries that follow one another as one list."""

from dataclasses import dataclass, field

from octavo.adapters.readers.docx.numbering import Marker
from octavo.adapters.readers.drafts import Draft
from octavo.domain.document import BlockType

_DEEPER = 120
"""Twips by which a list must be indented further than the one above it to belong inside it."""
_DEEPEST = 20


@dataclass(slots=True)
class OpenList:
    """The list that the next entry may belong to."""

    draft: Draft
    depths: dict[str, int] = field(default_factory=dict)
    """Of the first level of each numbering in it."""
    indents: list[int] = field(default_factory=list)
    """Of the entries at each depth."""

    def depth_of(self, num_id: str, level: int, indent: int | None) -> int | None:
        """Where such an entry stands in this list; None where another list begins with it."""
        if num_id in self.depths:
            return max(0, self.depths[num_id] + level)
        if indent is None or not self.indents:
            return level if level > 0 else None
        deeper = [depth for depth, known in enumerate(self.indents) if indent > known + _DEEPER]
        depth = deeper[-1] + 1 if deeper else 0
        if depth == 0:
            return level if level > 0 and indent >= self.indents[0] else None
        return depth

    def add(self, num_id: str, level: int, depth: int, indent: int | None) -> None:
        self.depths.setdefault(num_id, depth - level)
        if indent is not None:
            del self.indents[depth:]
            self.indents.extend([indent] * (depth + 1 - len(self.indents)))


def begin_list(num_id: str, level: int, indent: int | None, marker: Marker) -> OpenList:
    """Its first entry is at depth 0, whatever its level."""
    found = OpenList(Draft(BlockType.LIST, body={"ordered": marker.ordered, "items": []}))
    found.add(num_id, level, 0, indent)
    return found


def add_item(found: OpenList, text: str, depth: int, marker: Marker, checked: bool | None) -> None:
    item = {"text": text, "level": min(depth, _DEEPEST), "marker": marker.text}
    if checked is not None:
        item["checked"] = checked
    found.draft.body["items"].append(item)
    found.draft.text = f"{found.draft.text}\n{text}" if found.draft.text else text
