"""The night as a Prefect flow: intake, read, decide, publish. When, how often and again; never how.

A task here says what it reads, writes and does on failure, and calls the rooms below. What is done and what
is paid stands in our own tables: Prefect's state may be lost at any moment.
"""

from importlib import metadata

from records import setup

# Prefect imports a flow to know its parameters, long before anybody names a database
setup.prepare()

SOFTWARE = metadata.version("servicefait")
"""The version that a decision says it was made with."""
