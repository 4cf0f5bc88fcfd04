"""Forms to fill in: workbooks, prefilled from a map or blank, and questions for a phone."""

from __future__ import annotations

from aktorkart.forms.form import FORMS, Form, form

__all__ = ["FORMS", "Form", "form"]
