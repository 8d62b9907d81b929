"""Keys rotate: what stands in encrypted columns is encrypted anew under the newest key, while people work.

First a new key is put before the old ones (``web.keys``) and running servers follow; then every value is written anew;
then the old keys may be taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from nosology.actions.audited import Audit, action
from nosology.model.access import Access, Permission
from nosology.store.fields import EncryptedTextField, decrypt_text, encrypt_text, is_under_newest_key

__all__ = ["encrypt_anew", "values_under_old_keys"]

_BATCH = 500


def _columns() -> Iterator[tuple[Any, list[str]]]:
    for model in apps.get_models():
        names = [each.name for each in model._meta.concrete_fields if isinstance(each, EncryptedTextField)]
        if names:
            yield model, names


def _raw(model: Any, names: list[str]) -> Any:
    """The rows with their columns as the database holds them."""
    return model._base_manager.annotate(**{f"raw_{each}": Cast(F(each), TextField()) for each in names})


@action("keys.rotate", needs=Permission.ORGANISATION_MANAGE)
def encrypt_anew(access: Access, audit: Audit, *, progress: Callable[[int], None] | None = None) -> int:
    """Encrypt every value anew that is not under the newest key; how many were. May be broken off and begun again.

    Call it with ``Access.system("", via="command")``.
    """
    count = 0
    for model, names in _columns():
        for row in _raw(model, names).order_by("pk").iterator(chunk_size=_BATCH):
            old = {each: token for each in names if (token := getattr(row, f"raw_{each}"))}
            stale = {each: decrypt_text(token) for each, token in old.items() if not is_under_newest_key(token)}
            if stale:
                with transaction.atomic():  # only if nobody wrote it meanwhile: that was under the newest key
                    same = _raw(model, names).filter(pk=row.pk, **{f"raw_{each}": old[each] for each in stale})
                    count += same.update(**stale)
            if progress:
                progress(1)
    count += _second_factors(write=True)
    audit.about("keys", "", values=count)
    return count


def values_under_old_keys() -> int:
    """How many values only an old key opens."""
    count = 0
    for model, names in _columns():
        for row in _raw(model, names).iterator(chunk_size=_BATCH):
            tokens = [getattr(row, f"raw_{each}") for each in names]
            count += any(token and not is_under_newest_key(token) for token in tokens)
    return count + _second_factors(write=False)


def _second_factors(*, write: bool) -> int:
    from allauth.mfa.models import Authenticator

    count = 0
    for row in Authenticator.objects.select_for_update() if write else Authenticator.objects.all():
        stale = [n for n in ("secret", "seed") if (token := row.data.get(n)) and not is_under_newest_key(token)]
        if stale and write:
            row.data = row.data | {each: encrypt_text(decrypt_text(row.data[each])) for each in stale}
            row.save(update_fields=["data"])
        count += bool(stale)
    return count
