"""What is kept: tables and how they are read. Only ``actions`` writes through it."""
