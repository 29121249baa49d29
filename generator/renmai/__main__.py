"""A run of the program as a process: `renmai`, or `python -m renmai`."""

import sys

from renmai.early import look_ahead


def main() -> None:
    """Run the program on the arguments of the process."""
    look_ahead(sys.argv[1:])
    # Only now: what is looked at ahead is looked at while this loads.
    from renmai.cli import main as run

    run()


if __name__ == "__main__":
    main()
