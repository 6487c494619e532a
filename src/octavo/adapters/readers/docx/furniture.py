"""Page headers and footers: the text and the pictures of their parts."""

from dataclasses import dataclass
from functools import lru_cache

from octavo.adapters.readers.docx.notes import Notes
from octavo.adapters.readers.docx.passage import PAGE_NUMBER
from octavo.adapters.readers.docx.story import Story
from octavo.adapters.readers.docx.word_file import WordFile
from octavo.adapters.readers.drafts import Draft
from octavo.domain.document import BlockType
from octavo.domain.errors import OctavoError
from octavo.ports.readers import Limits


@dataclass(frozen=True, slots=True)
class _Strip:
    text: str
    pictures: tuple[Draft, ...]


class Furniture:
    def __init__(self, word: WordFile, limits: Limits) -> None:
        self._word = word
        self._limits = limits
        self._strip = lru_cache(maxsize=64)(self._read)
        self._pictured: dict[str, int] = {}

    def drafts(self, type_: BlockType, part: str | None, page: int, printed_number: int) -> list[Draft]:
        """The block of one header or footer, and its pictures on the first page that it is asked for.

        Args:
            type_: `page_header` or `page_footer`.
            part: Its name; None where the page has none.
            page: From 1.
            printed_number: What `PAGE` shows there.
        """
        if part is None:
            return []
        strip = self._strip(part)
        text = strip.text.replace(PAGE_NUMBER, str(printed_number))
        made = [Draft(type_, text)] if text.strip() else []
        if self._pictured.setdefault(part, page) == page:
            made.extend(
                Draft(one.type, one.text, body=one.body, picture=one.picture) for one in strip.pictures
            )
        return made

    def _read(self, part: str) -> _Strip:
        story = Story(self._word, part, self._limits, Notes(self._word))
        try:
            flat = story.flatten(self._word.package.tree(part))
        except OctavoError:
            return _Strip("", ())
        texts, pictures = [flat.text], []
        for element in flat.objects:
            for found in story.drawings.drawn(element):
                if isinstance(found, Draft):
                    pictures.append(found)
                else:
                    texts.append(story.flatten(found).text)
        return _Strip("\n".join(text for text in texts if text), tuple(pictures))
