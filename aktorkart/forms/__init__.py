"""Forms to fill in: workbooks, prefilled from a map or blank, and questions for a phone."""

from __future__ import annotations

from aktorkart.forms.form import Form, form

__all__ = ["Form", "form"]
