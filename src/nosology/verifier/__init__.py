"""An optional second reader of a coded note: a language model behind an endpoint that the site runs or contracts.

Off unless a person configures it. It may confirm, demote or choose among real sibling codes, on a quote that
stands in the note; every
answer is checked before it counts. This is the one package that may use the network; nothing below the command
line imports it.
"""

from __future__ import annotations

from nosology.verifier.chat import ChatVerifier, open_verifier
from nosology.verifier.config import VerifierConfig, read_config
from nosology.verifier.deidentify import deidentify
from nosology.verifier.interface import Verifier

__all__ = ["ChatVerifier", "Verifier", "VerifierConfig", "deidentify", "open_verifier", "read_config"]
