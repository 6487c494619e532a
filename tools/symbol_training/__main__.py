"""`python -m tools.symbol_training --work FOLDER --out FILE`: sheets, pictures, network, in that order."""

import argparse
import time
from pathlib import Path

import numpy as np
from tools.symbol_training.sheets import examples, measures
from tools.symbol_training.train import train, write
from tools.symbol_training.typeset import typeset


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.symbol_training")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    began = time.monotonic()
    sheets = typeset(arguments.work)
    plain = arguments.work / "computer-modern.pdf"
    known = measures(plain, sheets["computer-modern"])
    parts = [
        examples(arguments.work / f"{name}.pdf", cells, seed)
        for seed, (name, cells) in enumerate(sheets.items())
    ]
    pictures = np.concatenate([part[0] for part in parts])
    told = [label for part in parts for label in part[1]]
    names = sorted(set(told))
    numbers = {name: number for number, name in enumerate(names)}
    labels = np.array([numbers[label] for label in told], np.int64)
    print(f"{len(pictures)} pictures of {len(names)} symbols after {time.monotonic() - began:.0f} s")
    model, accuracy = train(pictures, labels, len(names))
    write(model, arguments.out, names, known)
    print(f"{accuracy:.4f} right of unseen pictures; {time.monotonic() - began:.0f} s in all")


if __name__ == "__main__":
    main()
