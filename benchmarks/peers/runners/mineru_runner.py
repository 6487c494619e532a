"""MinerU at its tier `flash`, the only one that needs no hub: its document has the form of DocVortex's."""

from typing import Any

from docvortex_runner import translated
from mineru.parser.mineru_parser import MinerUParser
from protocol import serve

PARSER = MinerUParser(tier="flash")


def read(path: str) -> dict[str, Any]:
    return translated(PARSER.parse(path).structured_content(), path)


if __name__ == "__main__":
    serve(read)
