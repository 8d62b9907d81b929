"""What exists: code sets as published, each a release chosen by date of service."""
