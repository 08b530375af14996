"""Deciding: facts from readings, rules as pure functions of facts, dated parameters, the verdict.

Knows neither files, nor OCR, nor a database, nor the clock. Entry point: `validators.decide.decide`.
"""
