"""The vocabulary of clinical language: words, rewrites, terms, and the search over them."""
