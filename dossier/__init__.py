"""The words that all rooms speak: requests, claims, readings with their evidence, findings, decisions.

Frozen dataclasses and their JSON form (``docs/contract``). Imports nothing of ours and knows neither files,
nor a database, nor the clock.
"""
