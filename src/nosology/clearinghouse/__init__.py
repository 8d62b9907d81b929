"""How files reach a clearinghouse or payer: a folder, SFTP or the payer in a box, behind one interface."""
