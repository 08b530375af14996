"""Reading: bytes to pages, pages to parts, parts to fields. Every value carries its evidence.

Knows neither requests nor money due nor a database: facts are read without the answer in hand.
"""
