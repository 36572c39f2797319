"""Boilerplate that no list can hold because it carries numbers, names and titles: pagers, copyright lines, breadcrumbs, archives.

Every pattern is anchored at the start of the line's key and asked only behind a gate (a character or word that such a line must have),
so an ordinary line costs a few set look-ups. All quantifiers are bounded or possessive: linear on any input.
"""

from __future__ import annotations

import re

from cleaner.rules.navigation_phrases import HAN, Phrase, key

__all__ = ["legal_hit", "pattern_hit"]

CRUMBS_LENGTH = 160  # breadcrumbs end with the title: longest seen 148
CONTROL_LENGTH = 60  # controls and prompts are short; margin not measured
SCAN_LENGTH = 80  # prompts to scan or follow; margin not measured
COOKIE_LENGTH = 60  # labels around cookies; margin not measured

_SURE = "line"
_RIGHTS = re.compile(
    r".{0,200}?(?:all rights? reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s|(?:todos )?los derechos reservados|todos os direitos"
    r" reservados|tutti i diritti riservati|все права защищены|(?<!的)版权所有(?![者人])|copyright ?(?:©|\(c\))|copyright ?(?:19|20)\d\d|(?:©|\(c\)) ?copyright"
    r"|无断[転转]载|无断复[製制]|무단 ?전재|저작권자 ?(?:©|ⓒ|\(c\)|:))"
)
_YEAR = re.compile(r"(?:[^©]{0,60})(?:©|\(c\)) ?(?:copyright )?(?:by )?(?:[^\d©]{0,40} )?(?:19|20)\d\d\b")
_CREDIT = re.compile(r"(?:photo|image|foto|picture|bild|credit|crédit|illustration|video|图|摄影)")
_REGISTERED = re.compile(
    r".{0,200}?(?:icp[备证]|公网安备|网安备|备案(?:号|编号|序号)|网文[〔\[]|增值电信业务|icp ?(?:no|号)|许可证)[^。]{0,30}?\d"
)
_PAGE_OF = re.compile(
    r"(?:(?:page|seite|página|pagina|страница|стр\.?|ページ|페이지) ?\d{1,4} ?(?:of|/|von|de|sur|di|из|van|中|ページ) ?\d{1,5}(?: .{0,40})?"
    r"|页次:? ?\d++/\d++.{0,40}|第? ?\d{0,4} ?页?[,/ ]{0,2}共 ?\d{1,5} ?[页条].{0,60}|第\d{1,4}页(?: ?[(/,] ?共 ?\d{1,5} ?页)?|\d{1,4}页/共\d{1,5}页)"
)
_PAGER_WORDS = frozenset(
    "next previous prev last first page pages older newer weiter zurück letzte erste nächste vorherige suivant suivante précédent précédente"
    " siguiente anterior última primera próxima próximo seguinte последняя следующая предыдущая вперед назад 次へ 前へ 次 前 最後 最初 다음 이전"
    " 上一页 下一页 尾页 末页 首页 上页 下页 ... …".split()
)
_HAN_PAGER = re.compile("上一页|下一页|[首尾末上下]页")
_HOME = (
    r"(?:home(?:page)?|start(?:seite)?|accueil|inicio|início|página inicial|главная|ホーム|トップ(?:ページ)?|top|홈|主页"
    r"|[\w·]{0,12}(?:首页|网|频道|门户|在线|论坛))"
)
_CRUMBS = re.compile(
    rf"{_HOME} ?(?:>{{1,3}}|»|›|→|::| / | \| | - |/ ?(?=[\u4e00-\u9fff])) ?[^>»›→]{{1,80}}(?:[>»›→/|]++ ?[^>»›→]{{1,100}}){{0,6}}$"
)
_CRUMBS_END = re.compile(
    r"[^>》»›→]{1,30} ?(?:[>》»›→|/_-]{1,3} ?[^>》»›→|/_-]{1,30} ?){0,5}[>》»›→|/_-]{1,3} ?(?:正文|文章内容|内容详情|新闻详情|文章正文|新闻正文|详细内容)$"
)
_CRUMBS_HAN = re.compile(
    r"[\u4e00-\u9fff\w·]{2,16} ?(?:>>+ ?[^>]{2,40}|>{1,2} ?[^>]{2,20} ?>{1,2} ?[^>]{2,60}(?:>{1,2}[^>]{2,60}){0,4})$"
)
_NETWORKS = re.compile(
    r"(?!x++$)(?:(?:facebook|twitter|x|linkedin|pinterest|whatsapp|telegram|e-?mail|mail|reddit|tumblr|instagram|youtube|tiktok|threads|bluesky|print|rss"
    r"|flipboard|vk|xing|google\+?|pocket|copy link|link|share|messenger|line|odnoklassniki|snapchat|mastodon|微博|微信|qq空间|qq|人人网|豆瓣|抖音)"
    r"[ ,|/&+·:]{0,3}(?:and )?){2,}+$"
)
_COUNTED = re.compile(
    r"(?:(?:no|one|two|three|\d[\d,.]{0,9}) ?[km万]?\+? ?(?:comments?|responses?|replies|thoughts?|trackbacks?|pingbacks?|kommentare?|commentaires?|comentarios?"
    r"|comentários?|комментари(?:й|я|ев)|件のコメント|개의 댓글"
    r"|[条个]?(?:评论|留言|回复|跟帖|跟贴)|人评论|个回答|人(?:赞同|点赞|收藏|喜欢|感谢)了?[该此]?(?:回答|文章|内容)?|upvotes?(?: [·•] [\d.,]+k? comments?)?)"
    r"(?: (?:on|to|for|zu|sur|en|в) .{1,160})?$)"
)
_LABEL_COUNT = re.compile(
    r"(?:comments?|replies|kommentare?|commentaires?|comentarios?|comentários?|комментарии|评论|回复|跟帖|跟贴|留言|コメント|댓글)(?: ?: ?| ?\(| )\d{1,6}$"
)
_COUNTER = re.compile(
    r"(?:\d[\d,.]{0,9} ?[km万千w]?\+? ?(?:views?|shares?|likes?|reads?|followers?|aufrufe|vues|visitas|visualizações|просмотр(?:а|ов)?|回視聴|min(?:ute)?s? read"
    r"|次(?:阅读|浏览|点击|播放)|人(?:阅读|浏览|看过|已读|参与|关注|点赞)|(?:人已|个)(?:赞|点赞|喜欢|收藏|粉丝|关注者))$"
    r"|(?:点击|浏览|阅读|访问|人气|查看|点击数|浏览数|浏览次数|阅读次数|点击次数|点击率|浏览量|阅读量|访问量|views|hits)[:( ]{0,2}\d[\d,]{0,9}(?: ?[次人)万]{1,2})?$)"
)
_LIKED = re.compile(r"(?:(?:顶|踩|赞|点赞|喜欢|收藏|在看|转发|打赏)[ :(\[]{0,2}\d{1,7}[)\]]?[ |·]{0,3}){1,5}$")
_TOOK_PART = re.compile(r"共?有? ?\d{1,7} ?人参与(?:[ ,|]{0,3}\d{0,7} ?条?(?:评论|跟帖))?$")
_POSTED_AT = re.compile(r"发表于:? ?(?:19|20)\d\d[-/年]\d{1,2}[-/月]\d{1,2}日?(?: \d{1,2}:\d\d(?::\d\d)?)?(?: ?\|.{0,60})?$")
_SCAN = re.compile(
    r"(?!.{0,60}(?:报名|填写|参加|缴费|登记|问卷|投票|购票|预约))[^。;]{0,12}?(?:扫一扫|扫描|扫码|扫二维码|长按|识别)[^。;]{0,16}?"
    r"(?:关注|公众号|下载|客户端|朋友圈|分享|手机阅读|手机浏览|手机看|手机版|继续阅读|打赏|赞赏)"
)
_FOLLOW = re.compile(
    r"(?:更多|欢迎|请|敬请|点击|立即|搜索|微信)[^。]{0,24}?(?:关注|搜索|添加|下载)[^。]{0,24}?(?:公众号|微信号|服务号|订阅号|视频号|微博|客户端|app)"
)
_FOLLOW_US = re.compile(
    r"(?:[请点]|点击|长按|扫码|扫描|识别|上方|下方|蓝字|二维码|即可|一键|欢迎){0,6}关注[^。,]{0,16}?(?:公众号|微信号?|微博|我们|订阅号|视频号|头条号|抖音号)$"
)
_OPEN_APP = re.compile(
    r"(?:点击|立即)?(?:打开|进入|下载|在)[^。]{0,12}?(?:app|客户端)[^。]{0,4}?(?:内?打开|查看|阅读|体验|浏览|看|收听)"
)
_REPRINT = re.compile(r"本文(?:由|为|系|章由)[^。]{0,40}?(?:转载|原创|授权|首发|投稿|独家|整理发布|采集)")
_DATE = r"(?:19|20)\d\d ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2}日?(?: ?(?:星期.)?\d{1,2}:\d\d(?::\d\d)?)?"
_LABEL = (
    r"(?:(?:消息|文章|信息|新闻|稿件|内容)?来 ?源(?:于)?|稿源|作 ?者|(?:责任|值班|网络|本期)?编 ?辑|责 ?编|选稿|校 ?对|审 ?核|[初复终一二三]审|编审|监制|值班(?:编委|主任|总编)|记者|通讯员|供稿|录入(?:者|时间)?|发布(?:时间|日期|者|人|单位)?"
    r"|时 ?间|日 ?期|更新(?:时间|日期)?|点击(?:数|量|率|次数)?|浏览(?:数|量|次数)?|阅读(?:数|量|次数)?|访问量|人气|字号|字体)"
)
_PART = rf"(?:{_DATE}|{_LABEL} ?: ?[^\s:]{{0,24}}|分享到:?|[大中小]|打印|收藏|评论|关闭|纠错)"
_SOURCE = re.compile(rf"(?:原创:[^\s:]{{2,16}}? ?{_DATE}|{_PART}(?:[\s|·]{{0,4}}{_PART}){{1,11}})$")
_EDITED = re.compile(
    r"(?:(?:文章|稿件|新闻)?来源|稿源|责任编辑|责编|编辑|选稿|审核|值班(?:编委|主任|总编))(?: ?: ?)[^\s:。,]{2,16}$"
)
_BRACKETS = re.compile(r"[\[\]【】()|]+")
_SAYS_SOURCE = re.compile("来 ?源|编 ?辑|责 ?编|稿源|选稿|作 ?者|发布|录入|[初复终一二三]审|值班|审核|点击|浏览|阅读")
_FORUM = re.compile(
    r"(?:发表于|发表|最后登录|注册时间|帖子|积分|在线时间|uid|主题|好友|精华|金钱|威望|阅读权限|楼主\||查看:)[:| ]{0,2}\d{1,9}$"
)


# Controls of menus and links to elsewhere: "Skincare Open submenu", "Menü Reise aufklappen", "Instagram Opens in a new tab".
_CONTROL = re.compile(
    r"(?:.{0,60}?(?:opens in (?:a )?new (?:tab|window)|open submenu|expand the sub menu|sub-?menu)"
    r"|(?:open|close|toggle|show|hide|expand|collapse|expand/collapse|mobile|main)\b.{0,30}?(?:sub-?menu|menu|navigation|nav|sidebar|panel|drawer)(?: for .{1,40})?"
    r"|.{0,30}?(?:menü|navigation|suche)\b.{0,30}?(?:aufklappen|zuklappen|öffnen|schließen|(?:ein-|aus-)?/?(?:ein|aus)blenden|umschalten))$"
)
_AGREED = re.compile(
    r"by [^.]{3,70}?(?:, you (?:agree|accept|consent|acknowledge)|you agree to)\b|i (?:have read and )?(?:agree|understand|consent) (?:to|that|with|and)\b.{0,80}?\b(?:terms|privacy|polic(?:y|ies)|emails?|newsletters?|conditions|receiv(?:e|ing)|personal data|statement|send me)\b|i have read\b.{0,60}(?:privacy|terms)"
    r"|.{0,160}?\bunsubscribe (?:at )?any ?time|(?:.{0,80}?sets? this cookie|.{0,40}?cookie is (?:set by|used (?:to|by))|.{0,60}?us(?:e|es|ing) cookies (?:to (?:give|improve|ensure|enhance|provide|offer|deliver|personali|analy|make)|from google))"
)
_COOKIE = re.compile(
    r".{0,60}?\b(?:settings|policy|preferences|consent|enable|disable|accept|allow|gdpr|agree|notice|einstellungen|hinweis|informationen|ausblenden|akzeptieren)\b"
)
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    " januar februar märz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " janeiro fevereiro março maio junho julho setembro outubro novembro dezembro janvier février mars avril juin juillet août septembre octobre novembre décembre"
).split()
_MONTH_HEADS = frozenset(month[:3] for month in _MONTHS)
# Archives: "► November (4)", "July 2022"; the calendar's "« Nov".
_ARCHIVE = re.compile(
    rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?P<year> (?:19|20)\d\d)?(?P<count> ?\(\d{{1,4}})?$"
)
_UNSHARED = re.compile(
    r"[^。，；]{0,40}?(?:[。，；][^。，；]{0,24}?)?未[经經][^。]{0,24}?(?:授权|许可|同意)[^。]{0,30}?(?:不得|请勿|禁止|严禁)[^。]{0,12}?(?:转载|镜像|摘编)"
)
_RETURN = re.compile(
    r"(?:返?回|访问)[^。,]{0,8}?(?:首页|频道|列表|顶部|主页|上页|目录|栏目|论坛|专题|页首)(?: ?返?回[^。,]{0,8}?(?:首页|频道|列表|顶部))?$"
)
# What portals put behind the editor of the last sentence: "(编辑:小何)返回河边网,查看更多".
_RETURN_FOR_MORE = re.compile(
    r"(?:[(\[【]?(?:责任编辑|责编|编辑|编) ?: ?[^\s:。,()]{1,12}[)\]】]? ?)?返回[^。,]{1,8}, ?(?:查看|阅读)更多$"
)
_ALL_OF = re.compile(r"(?:查看|展开|显示|打开|阅读)(?:全部|更多|剩余|其余)?\d{1,6}[条个]?(?:评论|回复|留言|回答|跟帖)$")
_RANK = re.compile(r"[^,。]{1,8}, ?积分 ?\d{1,8}")


# First letters by which the rarer forms are found: half of all lines need none of them.
_NETWORK_HEADS = frozenset(
    "fac twi lin pin wha tel ema e-m mai red tum ins you tik thr blu pri rss fli vk xin goo poc cop sha mes odn sna mas".split()
)
_COUNT_HEADS = frozenset(
    "no one two three page seite página pagina страница comments comment replies views hits next previous prev first last".split()
)
_OWNED = re.compile("[权權無무저]|rechte|права")
_SOURCE_HEADS = frozenset("12来责编稿选作发时日更录文消信新原纠初一审值校")
_CRUMB_SIGNS = (">", "»", "›", "→", "|", "/", "::", " - ")


def legal_hit(text: str, raw: str) -> Phrase | None:
    """Copyright, registration and consent: the forms that whole sentences may have too. `raw` is the line in lower case, `text` its key or
    empty where that was too dear to make."""
    if raw.isascii():
        owned = "(c)" in raw or "reserv" in raw or "copyright" in raw
        if not owned and "cookie" not in raw and "unsubscribe" not in raw and raw[:2] not in ("by", "i "):
            return None
        text = text or raw
    else:
        text = text or key(raw)
        owned = "©" in raw or "(c)" in raw or "serv" in raw or "copyright" in raw or _OWNED.search(raw) is not None
        if HAN.search(text) and (found := _registered(text)):
            return found
    if owned:
        if _RIGHTS.match(raw if "©" in raw else text):
            return Phrase("copyright", _SURE)
        if (year := _YEAR.match(raw)) and not _CREDIT.search(year.group()):
            return Phrase("copyright", _SURE)
    return _agreed(text)


def _registered(text: str) -> Phrase | None:
    """Numbers of registration, telephone numbers for complaints, prohibitions, of Chinese sites."""
    if ("备" in text or "证" in text or "icp" in text or "网文" in text) and _REGISTERED.match(text):
        return Phrase("copyright", _SURE)
    if "不良信息举报" in text or ("未" in text and _UNSHARED.match(text)):
        return Phrase("copyright", _SURE)
    return None


def _agreed(text: str) -> Phrase | None:
    """Consent in the words of a form or of a cookie notice."""
    cookie = "cookie" in text
    if (cookie or text.startswith(("by ", "i ")) or "unsubscribe" in text) and _AGREED.match(text):
        return Phrase("consent", _SURE)
    if cookie and len(text) <= COOKIE_LENGTH and not ("." in text or ">" in text or "cookie-" in text) and _COOKIE.match(text):
        return Phrase("consent", _SURE)
    return None


def pattern_hit(text: str, raw: str) -> Phrase | None:
    """The family of a short line that has the form of boilerplate. `text` is the line's key, `raw` the line in lower case."""
    if len(text) > CRUMBS_LENGTH:
        return None
    if not text.isascii() and HAN.search(text) and (found := _han(text) or _numbered(text, raw)):
        return found
    first = text.partition(" ")[0]
    if (text[0].isdigit() or text[-1].isdigit() or first in _COUNT_HEADS or first in _PAGER_WORDS) and (
        found := _numbered(text, raw)
    ):
        return found
    head = text[:3]
    if head in _MONTH_HEADS and (found := _archive(text, raw)):
        return found
    if (
        "menu" in text or "menü" in text or "navigation" in text or "opens in" in text or "blenden" in text or "suche " in text
    ) and (len(text) <= CONTROL_LENGTH and _CONTROL.match(text)):
        return Phrase("menu", _SURE)
    if (head in _NETWORK_HEADS or text[0] == "x") and _NETWORKS.match(text):
        return Phrase("share", _SURE)
    if text[0] in "hsaiтгtп" and any(sign in text for sign in _CRUMB_SIGNS) and _CRUMBS.match(text):
        return Phrase("breadcrumb", _SURE)
    return None


def _archive(text: str, raw: str) -> Phrase | None:
    """A month of an archive: with a count nobody else writes it; without one it may be a heading."""
    found = _ARCHIVE.match(text)
    if not found:
        return None
    if found["count"] or raw[0] in "«►▼‹":
        return Phrase("menu", _SURE)
    return Phrase("menu", "weak") if found["year"] else None


def _han(text: str) -> Phrase | None:
    """Forms of Chinese pages."""
    if (">" in text or "》" in text or "正文" in text or "首页" in text) and (
        _CRUMBS_END.match(text) or (">" in text and _CRUMBS_HAN.match(text)) or _CRUMBS.match(text)
    ):
        return Phrase("breadcrumb", _SURE)
    if ("扫" in text or "长按" in text or "识别" in text) and len(text) <= SCAN_LENGTH and _SCAN.match(text):
        return Phrase("app", _SURE)
    if ("关注" in text or "下载" in text) and len(text) <= SCAN_LENGTH and (_FOLLOW.match(text) or _FOLLOW_US.match(text)):
        return Phrase("app", _SURE)
    if ("app" in text or "客户端" in text) and len(text) <= CONTROL_LENGTH and _OPEN_APP.match(text):
        return Phrase("app", _SURE)
    if (
        ("回" in text or "访问" in text)
        and len(text) <= SCAN_LENGTH
        and (_RETURN.match(text) or ("更多" in text and _RETURN_FOR_MORE.match(text)))
    ):
        return Phrase("menu", _SURE)
    if text[0] in "查展显打阅" and _ALL_OF.match(text):
        return Phrase("comments", _SURE)
    if text[0] in _SOURCE_HEADS and (":" in text) and (found := _published(text)):
        return found
    if "积分" in text and _RANK.match(text):
        return Phrase("comments", _SURE)
    if text.startswith("本文") and _REPRINT.match(text):
        return Phrase("disclaimer", _SURE)
    if (text[0].isdigit() or text[-1].isdigit() or text[-1] in "次人)") and _COUNTER.match(text):
        return Phrase("counter", _SURE)
    if text[0] in "顶踩赞点喜收在转打" and _LIKED.match(text):
        return Phrase("counter", _SURE)
    if ("人参与" in text and _TOOK_PART.match(text)) or (text.startswith("发表于") and _POSTED_AT.match(text)):
        return Phrase("comments", _SURE)
    if "支持ipv6" in text and len(text) <= CONTROL_LENGTH and text.startswith(("本", "网站", "已", "支持", "该")):
        return Phrase("copyright", _SURE)
    if text[-1].isdigit() and _FORUM.match(text):
        return Phrase("comments", "weak")
    return None


def _published(text: str) -> Phrase | None:
    """When and where the text was published; one label alone may be the source of a table and needs company."""
    if _SAYS_SOURCE.search(text) is None:
        return None
    if _SOURCE.match(_BRACKETS.sub(" ", text).strip()):
        return Phrase("source", _SURE)
    return Phrase("source", "weak") if _EDITED.match(text) else None


def _numbered(text: str, raw: str) -> Phrase | None:
    """Pagers and counts."""
    if _COUNTED.match(text) or _LABEL_COUNT.match(text):
        return Phrase("comments", _SURE)
    if _COUNTER.match(text):
        return Phrase("counter", _SURE)
    if _PAGE_OF.fullmatch(text):
        return Phrase("pager", _SURE)
    tokens = _HAN_PAGER.sub(r" \g<0> ", text).replace("[", " ").replace("]", " ").replace("|", " ").split()
    numbers = sum(token.isdigit() and len(token) < 5 for token in tokens)
    if numbers and all((token.isdigit() and len(token) < 5) or token in _PAGER_WORDS for token in tokens):
        words = len(tokens) - numbers
        if words and (numbers > 1 or words > 2):
            return Phrase("pager", _SURE)
        if words or tokens[:2] == ["1", "2"]:
            return Phrase("pager", "weak")
        if numbers == 1 and raw == text and text != "0":
            return Phrase("pager", "number")
    return None
