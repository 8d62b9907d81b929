"""The server: a Django project with the workbench, the API, sign-in and the pages of operations."""
