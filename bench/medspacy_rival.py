"""The pipeline to compare with: medspaCy (PyRuSH sentences, target matcher, ConText, sectionizer) over the same titles.

Runs in .venv-bench. Reads ``{"titles": {code: title}, "notes": {size: [text, …]}, "seconds": s}`` from standard input
and prints ``{"version", "build_seconds", "rss_mb", "notes_per_second": {size: rate}}``.
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
    """Build the pipeline, code the notes over and over for the given seconds per size, print the figures."""
    import medspacy
    from loguru import logger
    from medspacy.ner import TargetRule

    logger.remove()
    work = json.load(sys.stdin)
    started = time.perf_counter()
    pipeline = medspacy.load(
        medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context", "medspacy_sectionizer"]
    )
    matcher = pipeline.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(title, code) for code, title in work["titles"].items()])
    built = time.perf_counter() - started
    rates = {}
    for size, notes in work["notes"].items():
        for note in notes[:2]:
            pipeline(note)
        done = 0
        started = time.process_time()
        while time.process_time() - started < work["seconds"]:
            document = pipeline(notes[done % len(notes)])
            assert document._.context_graph is not None
            done += 1
        rates[size] = done / (time.process_time() - started)
    print(
        json.dumps(
            {
                "version": medspacy.__version__ if hasattr(medspacy, "__version__") else "",
                "build_seconds": built,
                "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "notes_per_second": rates,
            }
        )
    )


if __name__ == "__main__":
    main()
