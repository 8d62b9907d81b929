"""Encounters into payment groups: MS-DRG with the Medicare Code Editor, and CMS-HCC; every result carries its steps."""
