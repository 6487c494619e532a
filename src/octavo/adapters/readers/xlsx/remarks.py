"""Comments on cells, old ones and threads, as notes by place."""

from itertools import islice

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import NAMESPACES, tag
from octavo.adapters.readers.xlsx.references import Place, to_place
from octavo.adapters.readers.xlsx.strings import string_text, unescaped

_MOST = 20_000


def remarks_of(package: Package, part: str, persons: dict[str, str]) -> dict[Place, list[str]]:
    """`name: text`; a thread stands in place of the old comment that only announces it."""
    found = _threads(package, part, persons)
    for place, texts in _comments(package, part).items():
        found.setdefault(place, texts)
    return found


def _threads(package: Package, part: str, persons: dict[str, str]) -> dict[Place, list[str]]:
    found: dict[Place, list[str]] = {}
    for name in package.all_related(part, "threadedComment"):
        for comment in islice(package.tree(name), _MOST):
            place = to_place(comment.get("ref", ""))
            text = unescaped("".join(child.text or "" for child in comment if child.tag.endswith("}text")))
            if place is not None and text.strip():
                found.setdefault(place, []).append(_said(persons.get(comment.get("personId", ""), ""), text))
    return found


def _comments(package: Package, part: str) -> dict[Place, list[str]]:
    found: dict[Place, list[str]] = {}
    for name in package.all_related(part, "comments"):
        root = package.tree(name)
        authors = [author.text or "" for author in root.iterfind("s:authors/s:author", NAMESPACES)]
        for comment in root.findall("s:commentList/s:comment", NAMESPACES)[:_MOST]:
            place, body = to_place(comment.get("ref", "")), comment.find(tag("s:text"))
            text = string_text(body) if body is not None else ""
            written = comment.get("authorId", "")
            number = int(written) if written.isdecimal() else -1
            author = authors[number] if 0 <= number < len(authors) else ""
            if place is not None and text.strip():
                found.setdefault(place, []).append(_said(author, text))
    return found


def _said(author: str, text: str) -> str:
    """Excel writes the author's name into the text of old comments already."""
    text, author = text.strip(), author.strip()
    if not author or text.startswith(f"{author}:"):
        return text
    return f"{author}: {text}"
