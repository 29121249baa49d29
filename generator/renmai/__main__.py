"""`python -m renmai`."""

from renmai.cli import main

main()
