"""How files reach a clearinghouse or payer: a folder or SFTP, behind one interface."""
