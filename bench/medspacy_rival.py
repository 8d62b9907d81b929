"""The pipeline to compare with: medspaCy (PyRuSH sentences, target matcher, ConText, sectionizer) over the same titles.

Runs in .venv-bench. Its first line of standard input is ``{"titles": {code: title}, "notes": {size: [text, …]}}``; it
answers ``{"version", "build_seconds"}``. Every further line is a turn, ``{"size", "seconds"}``, answered by
``{"notes_per_second", "rss_mb"}``. It ends with its input.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def main() -> None:
    """Build the pipeline, then code the notes over and over in the turns that are asked for."""
    import medspacy
    from loguru import logger
    from medspacy.ner import TargetRule

    logger.remove()
    work = json.loads(sys.stdin.readline())
    started = time.perf_counter()
    pipeline = medspacy.load(
        medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context", "medspacy_sectionizer"]
    )
    matcher = pipeline.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(title, code) for code, title in work["titles"].items()])
    built = time.perf_counter() - started
    version = medspacy.__version__ if hasattr(medspacy, "__version__") else ""
    for notes in work["notes"].values():
        for note in notes[:2]:
            pipeline(note)
    print(json.dumps({"version": version, "build_seconds": built}), flush=True)
    for line in sys.stdin:
        turn = json.loads(line)
        notes, done = work["notes"][turn["size"]], 0
        started = time.process_time()
        while time.process_time() - started < turn["seconds"]:
            document = pipeline(notes[done % len(notes)])
            assert document._.context_graph is not None
            done += 1
        rate = done / (time.process_time() - started)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"notes_per_second": rate, "rss_mb": memory}), flush=True)


if __name__ == "__main__":
    main()
