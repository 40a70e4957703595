"""SVG → drawing operators."""
