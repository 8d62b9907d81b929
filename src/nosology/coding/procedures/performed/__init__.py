"""Services of the practice from the statements of a note: what was done here and now, with what it was and how much.

The services, their words and their codes stand in ``rules/services``; this package applies them. Only numbers of codes
and labels of our own are used; where CPT is imported, its descriptors stand as titles.
"""
