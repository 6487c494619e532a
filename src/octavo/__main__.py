"""`python -m octavo` is `octavo`."""

from octavo.cli.main import run

if __name__ == "__main__":
    run()
