"""The night as a Prefect flow: intake, read, decide, publish. When, how often and again; never how.

A flow or task here says what it reads, writes and does on failure, and calls the rooms below. What is done and
what is paid stands in our own tables: Prefect's state may be lost at any moment.
"""
