"""Languages as the clients of many engines write them."""

from collections.abc import Iterable

from octavo.domain.errors import InvalidRequest
from octavo.domain.languages import tag_of


def tags_of(languages: Iterable[str], *, option: str) -> tuple[str, ...]:
    """Our tags, each once, in the order given. Raises `InvalidRequest` for what is no language."""
    return tuple(dict.fromkeys(_tag(language, option) for language in languages if language.strip()))


def _tag(language: str, option: str) -> str:
    tag = tag_of(language)
    if tag is None:
        raise InvalidRequest(f"{option}: there is no language {language[:40]!r}.", option=option)
    return tag
