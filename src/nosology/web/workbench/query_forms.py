"""The form of a query."""

from __future__ import annotations

from typing import Any

from django import forms

from nosology.store.queries.queries import QueryView

__all__ = ["QueryForm"]

_LAST = "other (please specify)\nunable to determine"


class QueryForm(forms.Form):
    """Question, options one on a line, indicators to keep and to add, the provider."""

    question = forms.CharField(
        label="Question",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ask openly what the indicators represent. Conditions stand among the options, not here.",
    )
    options = forms.CharField(
        label="Options, one on a line",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="None for an open question. The last two stay: other, and unable to determine.",
    )
    quotes = forms.CharField(
        label="Add indicators, one on a line",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Copy the words from the chart; they are looked up in its documents.",
    )
    to = forms.ChoiceField(label="Provider who answers", required=False)

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"options": _LAST})
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["to"].choices = [("", "Nobody yet"), *providers]

    @classmethod
    def of(cls, view: QueryView, *, providers: list[tuple[str, str]]) -> QueryForm:
        """The form with what a draft says."""
        known = {"question": view.question, "options": "\n".join(view.options), "to": view.to_id}
        return cls(providers=providers, initial=known)

    def facts(self) -> dict[str, Any]:
        """The arguments of ``actions.queries.edit_query``."""
        found = self.cleaned_data
        kept = self.data.getlist("keep") if hasattr(self.data, "getlist") else ()
        return {
            "question": found["question"],
            "options": found["options"].splitlines(),
            "quotes": found["quotes"].splitlines(),
            "keep": [int(each) for each in kept if each.isascii() and each.isdigit() and len(each) < 5],
            "to": found["to"] or None,
        }
