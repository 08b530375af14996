"""``python -m servicefait``."""

from servicefait.cli import main

if __name__ == "__main__":
    main()
