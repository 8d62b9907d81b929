"""Sign-in, people, roles and security pages."""
