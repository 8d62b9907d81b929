"""``python -m nosology``: the command line."""

from nosology.cli import main

if __name__ == "__main__":
    main()
