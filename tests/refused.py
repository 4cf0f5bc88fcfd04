"""Any input is read, or refused in words: never with another exception."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from aktorkart.errors import AktorkartError
from aktorkart.i18n import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def read_or_refused() -> Iterator[None]:
    """Let only our own errors pass, and those with a text in every language."""
    try:
        yield
    except AktorkartError as error:
        if not all(error.text(lang) for lang in LANGUAGES):
            pytest.fail(f"no words for {error.problems}")
