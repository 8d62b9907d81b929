"""File → note: reading, sections, sentences, mentions and what is asserted of them."""
