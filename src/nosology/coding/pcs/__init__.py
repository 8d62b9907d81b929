"""ICD-10-PCS from operative and procedure notes: statements, axes, codes."""
