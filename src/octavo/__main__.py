"""`python -m octavo` is `octavo`."""

import sys


def main() -> None:
    if sys.argv[1:2] == ["child"]:
        # What a supervisor starts loads only what it needs: the start of a server waits for it.
        from octavo.cli.children import app

        app(args=sys.argv[2:], prog_name="octavo child")
        return
    from octavo.cli.main import run

    run()


if __name__ == "__main__":
    main()
