"""`python -m leanvibe` is the command line."""

from leanvibe.main import main

if __name__ == "__main__":
    main()
