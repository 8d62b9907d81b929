"""What is read from the tables: every function takes an access first and reads that organisation alone."""

__all__: list[str] = []
