"""What is allowed: rule files by authority, and their one loader."""
