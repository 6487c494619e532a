"""Pages, examples, network, weights: all of it, always the same.

python -m tools.layout_training --out <folder> [--pages 2400] [--epochs 12] [--processes 2] [--keep <folder>] [--after <weights.npz>]
"""

import argparse
from pathlib import Path
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from tools.layout_training.batches import all_examples
from tools.layout_training.examples import Example


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=2400)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where pages are kept for another run")
    parser.add_argument("--after", type=Path, help="weights to go on from, in smaller steps")
    wanted = parser.parse_args()
    began = monotonic()
    made = all_examples(wanted.pages, wanted.processes, wanted.keep)
    print(f"{len(made)} examples after {monotonic() - began:.0f} s", flush=True)
    _fit(made, wanted.epochs, wanted.out, wanted.after)
    print(f"done after {monotonic() - began:.0f} s")


def _fit(made: list[Example], epochs: int, folder: Path, after: Path | None) -> None:
    from tools.layout_training.export import write_weights
    from tools.layout_training.train import Pages, fit

    from octavo.pipeline.structure.role_names import ROLES

    pages = Pages(
        np.concatenate([example.features for example in made]),
        np.concatenate([example.roles for example in made]),
        np.concatenate([example.starts for example in made]),
        np.array([len(example.roles) for example in made]),
    )
    print("weights", write_weights(fit(pages, len(ROLES), epochs=epochs, after=_read(after)), folder))


def _read(path: Path | None) -> dict[str, NDArray[np.float32]] | None:
    if path is None:
        return None
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


if __name__ == "__main__":
    main()
