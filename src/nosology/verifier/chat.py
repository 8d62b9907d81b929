"""The verifier that asks a chat-completions endpoint."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nosology.codes.icd10cm import open_icd10cm
from nosology.coding.gate import hold_gate
from nosology.model.coding import CodedNote
from nosology.verifier.answers import Answer, Ignored, read_answers
from nosology.verifier.apply import apply_answers, ignored_finding, unavailable_finding
from nosology.verifier.client import ChatClient
from nosology.verifier.config import VerifierConfig, read_config
from nosology.verifier.deidentify import deidentify
from nosology.verifier.interface import UnavailableError
from nosology.verifier.masked import mask_text
from nosology.verifier.questions import answer_schema, build_questions, write_messages

__all__ = ["ChatVerifier", "open_verifier"]

_LOG = logging.getLogger("nosology.verifier")
_MODEL_NAME = re.compile(r"[\w][\w./:@+-]{0,99}", re.ASCII)


def open_verifier(path: str | Path, *, home: Path | None = None) -> ChatVerifier:
    """Return the verifier that the file configures; nothing is sent yet.

    Raises UnreadableInput, UsageError, NotPermitted: see :func:`nosology.verifier.config.read_config`.
    """
    return ChatVerifier(read_config(path), home=home)


class ChatVerifier:
    """Asks one OpenAI-compatible endpoint about the codes of a note. See
    :class:`~nosology.verifier.interface.Verifier`.

    After ``give_up_after`` notes in a row without an answer it stops asking. ``sleep`` and ``clock`` are in seconds.
    """

    def __init__(
        self,
        config: VerifierConfig,
        *,
        home: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._home = home
        self._clock = clock
        self._client = ChatClient(config, sleep=sleep, clock=clock)
        self._failures = 0

    def verify(self, coded: CodedNote) -> CodedNote:
        """Return ``coded`` after the answers of the model, all of them or none."""
        if not coded.suggestions:
            return coded
        if self._failures >= self._config.give_up_after:
            return _unverified(coded, f"the endpoint failed {self._failures} times in a row and is left alone")
        try:
            verified = self._verify(coded)
        except UnavailableError as error:
            self._failures += 1
            _LOG.warning("note %s: not verified: %s", coded.note.document.sha256[:16], error)
            return _unverified(coded, str(error))
        self._failures = 0
        return verified

    def _verify(self, coded: CodedNote) -> CodedNote:
        config = self._config
        icd = open_icd10cm(on=coded.on, home=self._home)
        text = coded.note.document.text
        masked = deidentify(text) if config.deidentify else mask_text(text)
        batches, left_out = build_questions(coded, masked, icd, config)
        answers: list[Answer] = []
        ignored = [Ignored(code, "not asked, for want of room") for code in left_out]
        model = config.model
        until = self._clock() + config.deadline
        for batch in batches:
            messages = write_messages(batch, setting=str(coded.setting))
            reply = self._client.ask(messages, answer_schema(batch), until=until)
            if _MODEL_NAME.fullmatch(reply.model):
                model = reply.model
            held, dropped = read_answers(reply.text, batch, masked)
            answers += held
            ignored += dropped
        if not batches:
            applied = coded
        else:
            done = apply_answers(coded, answers, icd, model=model, demotion=config.demotion)
            applied, ignored = done.coded, [*ignored, *done.ignored]
        findings = tuple(ignored_finding(each) for each in ignored)
        _LOG.info(
            "note %s: %d requests, %d answers, %d ignored",
            coded.note.document.sha256[:16],
            len(batches),
            len(answers),
            len(ignored),
        )
        return hold_gate(replace(applied, findings=(*applied.findings, *findings)))


def _unverified(coded: CodedNote, reason: str) -> CodedNote:
    return hold_gate(replace(coded, findings=(*coded.findings, unavailable_finding(reason))))
