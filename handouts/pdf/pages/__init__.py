"""Blocks on pages → a plate."""
