"""Choices → Document, by templates."""
