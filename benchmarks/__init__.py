"""Measurements with their commands. Ratios are taken in one run; nothing here is a test."""
