"""A payer in a box: takes claims, runs the edits, prices them and answers as an insurer does."""
