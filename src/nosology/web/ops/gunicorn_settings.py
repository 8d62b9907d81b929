"""How gunicorn runs the workbench; ``nosology serve`` names the address and the number of processes.

The code books are read once, before the processes part, so that they share the memory. The access log has the path
without its query, and no address of a client.
"""

from __future__ import annotations

import os
from typing import Any

__all__ = [
    "access_log_format",
    "accesslog",
    "child_exit",
    "control_socket_disable",
    "forwarded_allow_ips",
    "graceful_timeout",
    "keepalive",
    "limit_request_line",
    "logconfig_dict",
    "on_starting",
    "post_fork",
    "post_worker_init",
    "preload_app",
    "threads",
    "timeout",
    "worker_class",
    "wsgi_app",
]

wsgi_app = "nosology.web.wsgi:application"
preload_app = True
worker_class = "gthread"
threads = int(os.environ.get("NOSOLOGY_THREADS", "4"))
timeout = 120
graceful_timeout = 30
keepalive = 5
limit_request_line = 4094
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1,::1"
accesslog = "-" if os.environ.get("NOSOLOGY_ACCESS_LOG", "") == "1" else None
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "nosology.web.ops.logs.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": ["stderr"], "level": "INFO" if accesslog else "WARNING", "propagate": False},
    },
}


def on_starting(_server: Any) -> None:
    """Read what every process needs before they part."""
    from nosology.web.ops.warm import warm_up

    warm_up()


def post_fork(_server: Any, _worker: Any) -> None:
    """No process shares a connection with the one that it came from."""
    from django.db import connections

    for each in connections.all(initialized_only=True):
        each.connection = None


def post_worker_init(_worker: Any) -> None:
    """Open the books of edits and grouper in each process (they are not shared), beside the first pages."""
    import threading

    from django.utils import timezone

    from nosology.actions.assessment import warm

    threading.Thread(target=warm, args=[timezone.localdate()], name="warm-assessment", daemon=True).start()


def child_exit(_server: Any, worker: Any) -> None:
    """What an ended process counted stays counted."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
