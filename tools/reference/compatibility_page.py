"""`compatibility.md`: every address of every dialect, and the tests that show it, read from the tests' marks."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from octavo.dialects._kit import routes_of
from octavo.dialects.table import DIALECTS

TESTS = Path(__file__).parents[2] / "tests" / "dialects"
MARK = "shows"

_HEAD = """# Compatibility

*Made from the dialects' routes and from the tests that are marked with the address they show, by
`python -m tools.make_reference`; do not edit it by hand.*

Each address below is served at `/compat/<dialect>/…`, and at the root of a host name that `OCTAVO_DIALECT_HOSTS`
gives to the dialect. Beside these tests, every dialect passes the same conformance tests: unknown path, wrong
method, no key, unknown key, unknown job, another tenant's job, a request of the wrong shape, a body that is too
large, a bug of ours, a database that is away, each answered in the vendor's own form.
"""


def compatibility_page() -> str:
    shown = marked_tests()
    parts = [_HEAD]
    for dialect in DIALECTS.values():
        tests = shown.get(dialect.name, {})
        rows = [f"| `{address}` | {_told(tests.get(address, []))} |" for address in routes_of(dialect)]
        parts.append(
            f"## {dialect.title}\n\n| Address | Tests that show it |\n|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "\n".join(parts)


def marked_tests() -> dict[str, dict[str, list[str]]]:
    """By dialect (the folder's name) and address: the names of the tests that are marked with it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(TESTS.glob("*/test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for address in _addresses(node):
                    found[path.parent.name][address].append(node.name)
    return found


def _addresses(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The arguments of `@pytest.mark.shows(...)`."""
    calls = [mark for mark in node.decorator_list if isinstance(mark, ast.Call)]
    marks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == MARK]
    return [str(ast.literal_eval(argument)) for mark in marks for argument in mark.args]


def _told(names: list[str]) -> str:
    sentences = dict.fromkeys(re.sub(r"^test_", "", name).replace("_", " ") for name in names)
    return "; ".join(sentences) or "none"
