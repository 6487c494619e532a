"""Who finds the blocks: Octavo in this process, or another in an environment of its own (`benchmarks.peers`)."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy.layout_score import LayoutPage
from benchmarks.accuracy.structure.answer import found_from_json
from benchmarks.accuracy.structure.contenders import Runner, contenders
from benchmarks.accuracy.structure.layout_task import pages_of
from benchmarks.accuracy.structure.ours import read_with
from benchmarks.accuracy.whole_documents import searchable
from benchmarks.peers import BESIDE, PEERS
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.job import Profile

Read = Callable[[Path], list[LayoutPage]]
OURS = "octavo"
WITHIN_S = 600.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", choices=[OURS, *PEERS, *BESIDE], default=OURS)
    parser.add_argument(
        "--peers", type=Path, default=None, help="folder with their environments, see benchmarks.peers"
    )
    parser.add_argument(
        "--given-words",
        action="store_true",
        help="pictures come to the others as PDFs with the words we read",
    )


def ours(path: Path) -> list[LayoutPage]:
    """What Octavo makes of a file with the standard profile."""
    return pages_of(found_from_json(read_with(Profile.STANDARD, default_models_dir(), path)))


@contextmanager
def reader(wanted: argparse.Namespace, own: Read = ours) -> Iterator[Read]:
    """A file that somebody fails on, or does not read, has no blocks.

    Raises:
        LookupError: The other one has no environment there; says how to make it.
    """
    if wanted.who == OURS:
        yield own
        return
    (contender,) = contenders([wanted.who], default_models_dir(), wanted.peers)
    if contender.absent:
        raise LookupError(contender.absent)
    with Runner(contender) as runner, TemporaryDirectory() as folder:

        def read(path: Path) -> list[LayoutPage]:
            if wanted.given_words and path.suffix != ".pdf":
                path = searchable(path, Profile.STANDARD, default_models_dir(), Path(folder))
            if path.suffix not in contender.suffixes:
                return []
            reply = runner.ask(path, WITHIN_S)
            if reply.found is None:
                print(f"{path.name}: {reply.error}")
            return pages_of(reply.found) if reply.found else []

        yield read
