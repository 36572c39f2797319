"""How templates name the text of an article and of a post: class="entry-content", itemprop="articleBody", class="message-body".

Written for this project: the names that content management systems, forum programs and vocabularies use, none that a single site has. `containers` says
what follows from them.
"""

from __future__ import annotations

import re
from itertools import product

__all__ = ["ARTICLES", "POSTS", "is_named"]

# What an article is called, and its text, as the templates of content management systems join them. Names of pages and columns ("page-content",
# "main-content", "single-post__content") hold more than the article, names of components ("rich-text", "wysiwyg") less.
_ARTICLES = ("article", "entry", "post", "story", "news", "blog", "blogpost", "blog-post", "blog-item", "art")
_JOINTS = ("", "-", "_", "--", "__", "-_", "_-")
_TEXTS = ("content", "body", "text", "copy", "txt")
_OTHERS = (
    "article-detail articledetail article-main post-entry e-content available-content gh-content hs_cos_wrapper_post_body trs_editor"
).split()
ARTICLES = frozenset({"".join(parts) for parts in product(_ARTICLES, _JOINTS, _TEXTS)}.union(_OTHERS))
# The text of a post, as the programs of forums, questions and answers and comments name it.
POSTS = frozenset(
    """bbwrapper message-body messagetext message-content message-text message__body message_body messagebody msg-body msgbody msg_body postbody post-body
    post_body post-message post_message postmessage postcontent post-content post__content post-contents post-text post_text posttext post-entry cooked
    comment-content comment_content comment__content comment-body commentbody comment__body comment-text comment_text comment__text commenttext t_f pcbs
    t_fsz reply-content reply_content reply-body reply_body message-body-content
    ipstype_richtext cpost_contentwrap forum-content forum_content forum-post-body topic-body topic-content topic_content topic_body text-body
    note-content thread-content thread__content question-body question-content answer-body answer-content answer_content entry-content articlebody markdown_content""".split()
)
# Of page builders, programs and styles of naming: "td-", "bbp-", "js-", "c-".
_PREFIX = re.compile(r"elementor-widget-theme-|wp-block-|[a-z]{1,3}-")
NAMED_CHARS = 1_000  # characters of a tag's attributes that are read
_VALUE = re.compile(
    r"(?:^|[ \t\n\r\f])(?:class|id|itemprop)[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\r\f\"'>]++))",
    re.IGNORECASE | re.ASCII,
)


def is_named(written: str | None, names: frozenset[str] = ARTICLES) -> bool:
    """Whether a tag's attributes call it the text of an article (or of a post, with other `names`).

    >>> is_named('class="wide td-post-content"'), is_named('itemprop=articleBody'), is_named('class="post-content-wrapper"')
    (True, True, False)
    """
    for match in _VALUE.finditer(written[:NAMED_CHARS]) if written else ():
        for name in re.split(r"[ \t\n\r\f]", next(filter(None, match.groups()), "")):
            lowered = name.lower()
            prefix = _PREFIX.match(lowered)
            if lowered in names or (prefix and lowered[prefix.end() :] in names):
                return True
    return False
