"""Run every benchmark but accuracy, each in a process of its own: what one loaded does not weigh on the next."""

import argparse
import subprocess
import sys

from benchmarks.report import add_common_options, say

BENCHMARKS = ("reading", "latency", "queue_cost", "memory", "history")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add_common_options(parser)
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS))
    options = parser.parse_args()
    failed = []
    for name in options.only:
        say(f"{name} …")
        command = [
            sys.executable,
            "-m",
            f"benchmarks.{name}",
            "--out",
            str(options.out),
            "--data",
            str(options.data),
        ]
        if subprocess.run([*command, *(["--small"] if options.small else [])], check=False).returncode:
            failed.append(name)
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
