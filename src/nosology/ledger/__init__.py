"""Money events become balanced entries; nothing here touches a file or a database."""
