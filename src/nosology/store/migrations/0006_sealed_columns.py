"""Clinical text, uploads and registration facts are encrypted where they stand; backwards they are plain again."""

from django.db import migrations

import nosology.store.fields
from nosology.store.fields import decrypt_bytes, encrypt_bytes, is_token

_SEALED = {
    "store_breakglass": ("reason",),
    "store_comment": ("text",),
    "store_document": ("text", "title", "original"),
    "store_encounter": ("registration",),
    "store_idempotencykey": ("answer",),
    "store_providerquery": ("question", "indicators", "answer"),
}
_BATCH = 20


def _rewrite(editor, change):
    """Every value of the columns through a function of bytes, a few rows at a time."""
    with editor.connection.cursor() as cursor:
        for table, columns in _SEALED.items():
            last, names = None, ", ".join(f'"{each}"' for each in columns)
            while True:
                after = "" if last is None else "WHERE id > %s"
                asked = f"SELECT id, {names} FROM {table} {after} ORDER BY id LIMIT {_BATCH}"
                cursor.execute(asked, [] if last is None else [last])
                rows = cursor.fetchall()
                for key, *values in rows:
                    fresh = [each if each is None or len(each) == 0 else change(each) for each in values]
                    if fresh != values:
                        placed = ", ".join(f'"{each}" = %s' for each in columns)
                        cursor.execute(f"UPDATE {table} SET {placed} WHERE id = %s", [*fresh, key])
                if not rows:
                    break
                last = rows[-1][0]


def _seal(value):
    if isinstance(value, str):
        return value if is_token(value) else encrypt_bytes(value.encode()).decode()
    return encrypt_bytes(bytes(value))


def _open(value):
    return decrypt_bytes(value.encode()).decode() if isinstance(value, str) else decrypt_bytes(bytes(value))


def seal(apps, editor):
    """Forwards."""
    _rewrite(editor, _seal)


def unseal(apps, editor):
    """Backwards."""
    _rewrite(editor, _open)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_intake_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="breakglass",
            name="reason",
            field=nosology.store.fields.EncryptedTextField(),
        ),
        migrations.AlterField(
            model_name="comment",
            name="text",
            field=nosology.store.fields.EncryptedTextField(),
        ),
        migrations.AlterField(
            model_name="document",
            name="original",
            field=nosology.store.fields.EncryptedBinaryField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="document",
            name="text",
            field=nosology.store.fields.EncryptedTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="document",
            name="title",
            field=nosology.store.fields.EncryptedTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="encounter",
            name="registration",
            field=nosology.store.fields.EncryptedJSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="idempotencykey",
            name="answer",
            field=nosology.store.fields.EncryptedJSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="providerquery",
            name="answer",
            field=nosology.store.fields.EncryptedTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="providerquery",
            name="indicators",
            field=nosology.store.fields.EncryptedJSONField(default=list),
        ),
        migrations.AlterField(
            model_name="providerquery",
            name="question",
            field=nosology.store.fields.EncryptedTextField(),
        ),
        migrations.RunPython(seal, unseal),
    ]
