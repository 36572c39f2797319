"""Results become text, Markdown, HTML and JSON."""

from cleaner.render.text import text_of

__all__ = ["text_of"]
