"""The command line: `servicefait run`, `explain`, `read`, `audit`, `replay`."""
