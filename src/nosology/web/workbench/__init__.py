"""The pages where charts are coded: worklists, charts, intake, queries, the manager's page."""
