"""What people wrote is never markup: read as Markdown, it is the same text again."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from aktorkart.tables import markdown_escaped

READER = MarkdownIt("gfm-like", {"html": True})
for plugin in (deflist_plugin, dollarmath_plugin, footnote_plugin, tasklists_plugin):
    READER.use(plugin)
PIECES = [
    *("1. ", "12) ", "- ", "+ ", "* ", "# ", "---", "===", "> ", "```", "`", "~~", "~", "$", "$$"),
    *("&amp;", "&#35;", "&", "<b>", "</", "[x] ", "[a](b)", "![", "](", ")", "\\", "_", "**", "^"),
    *("http://", "https://nav.no/a_b", "www.nav.no", "nav.no", "ola@nav.no", "mailto:a@b.no"),
    *(" ", "\n", "\t", "    ", "a", "Bo", "é", "|", "|-|", ":", ": ", "[^1]", "[^1]: ", "::", "!"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=30))
@example("1. avdeling")
@example("- ingen")
@example("A & B &lt; C ~ $x$ ~~y~~")
@example("se https://www.nav.no/a_b?c=d, nav.no og ola@nav.no")
def test_text_is_read_as_the_text_it_was(words: str) -> None:
    words = re.sub("[\x00-\x1f\x7f]", " ", words)
    made = READER.render(markdown_escaped(words)).strip()
    wanted = " ".join(words.split())
    found = re.fullmatch("<p>(.*)</p>", made, re.DOTALL)
    assert (unescape(found.group(1)) if found else made) == wanted
    assert "<" not in (found.group(1) if found else made)


@pytest.mark.parametrize("words", ["1. avdeling", "https://nav.no", "a & b"])
def test_inside_a_list_too(words: str) -> None:
    made = READER.render(f"- {markdown_escaped(words)}\n- b\n")
    assert made.count("<li>") == 2
    assert "<ol" not in made
    assert "<a " not in made
