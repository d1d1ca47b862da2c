"""`python -m backscroll` is the same program as `backscroll`."""

from backscroll.cli.main import main

if __name__ == "__main__":
    main()
