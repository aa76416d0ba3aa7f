"""Owns `python -m creditor`."""

from creditor.cli.main import main

if __name__ == "__main__":
    main()
