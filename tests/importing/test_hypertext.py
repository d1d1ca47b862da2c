"""HTML becomes the text that one reads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.importing.hypertext import plain

CODE = "a = 1\n\n\n<span>b</span>  = 2\n"
ZULIP_CODE = f'<div class="codehilite" data-code-language="Python"><pre><span></span><code>{CODE}</code></pre></div>'
PREVIEW = '<div class="message_inline_image"><a href="x"><img src="y"></a></div>'
FORMULA = (
    '<p>so <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">x2</span></span> is</p>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one <b>two</b>\n three</p><p>four</p>", "one two three\n\nfour"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("1 &lt; 2 &amp; &#128512;&nbsp;x", "1 < 2 & 😀\xa0x"),
        ('<a href="https://a.b/c">here</a>, <a href="https://a.b">https://a.b</a>', "here (https://a.b/c), https://a.b"),
        ('<a href="javascript:x()">x</a> <a href="mailto:y@z.w">y@z.w</a>', "x y@z.w"),
        ("<ul><li>one</li><li>two<ul><li>in</li></ul></li></ul><p>end</p>", "• one\n• two\n  • in\n\nend"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<blockquote><p>said</p><p>more</p></blockquote><p>answer</p>", "> said\n>\n> more\n\nanswer"),
        ("<p>use <code>x = 1</code></p>", "use `x = 1`"),
        (ZULIP_CODE, "```python\na = 1\n\n\nb  = 2\n```"),
        (FORMULA, "so $x^2$ is"),
        ('<p><span class="emoji emoji-1f642" role="img">:smile:</span> <img alt=":cat:" class="emoji" src="x"></p>',
         "🙂 :cat:"),
        ('<p><span class="user-mention" data-user-id="1">@Ana</span> hi</p>', "@Ana hi"),
        ('<p><a href="https://a.b/c.png">c.png</a></p>' + PREVIEW, "c.png (https://a.b/c.png)"),
        ("<style>p {}</style><script>x()</script><title>t</title><p>seen</p><div style='display: none'>unseen</div>!",
         "seen\n\n!"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"),
        ("plain", "plain"),
        ("<p>open <b>end", "open end"),
        ("</div></p>x", "x"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_is_read_as_it_is_seen(html, text):
    assert plain(html) == text


tags = st.sampled_from([
    "<p>", "</p>", "<pre>", "</pre>", "<li>", "<ol>", "</ol>", "<blockquote>", "</blockquote>", "<a href=x>", "</a>",
    "<code>", "</code>", "<style>", "</style>", "<br>", "<img alt=x>", "<", "&#x110000;", "<td>", "</span>", "<!--",
    "<span class='emoji emoji-ffffff'>", "<span class=katex>", "<![x",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(tags | st.text(max_size=5), max_size=20).map("".join))
def test_no_html_crashes(html):
    assert isinstance(plain(html), str)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=9))
def test_no_word_is_lost_or_joined_to_another(words):
    assert plain("".join(f"<p>{word}</p>" for word in words)).split() == words
    assert plain("<div>".join(words)).split() == words
