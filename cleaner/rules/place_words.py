"""What people write around a list of places: words that introduce it, labels, and how a sentence goes on behind it."""

from __future__ import annotations

import re

__all__ = ["LABEL", "SENTENCE_END", "goes_on", "introduces"]

# Words in front of a list that say what the list is. They are looked for in the line and the two lines before.
_INTRODUCED = re.compile(
    r"名单|名單|名录|如下|以下|下列|包括|包含|涵盖|覆盖|排名|排行|排序|榜|分别|依次|获奖|表彰|公示|公布|入选|试点|示范|先进|优秀|"
    r"网点|(?<!部)分公司|分店|门店|办事处|经销|配送|营业|专卖|地点|考点|赛区|行政区|区划|所辖|下辖|辖区|辖|统计|一览|列表|目录|附件|附表|"
    r"受灾|贫困|预警|天气|气温|航班|车次|站点|途经|火车|汽车站|区号|邮编|电话|支行|学校|医院|法院|"
    r"一覧|市町村|対象|次の|以下の|店舗|支店|"
    r"\b(?:counties|following|including|include|serving|listed?|ranking|ranked|winners?|locations?|offices?|branches|results?)\b",
    re.IGNORECASE,
)
# A label that belongs to the list and goes with it.
LABEL = re.compile(
    r"(?<![^\s|｜【\[(（])(?:热门|熱門|推荐|推薦|相关|相關|其他|周边|周邊|服务|服務|覆盖|覆蓋|更多|全国|全國|主营|主營|本站|城市|地区|地區|区域|區域|县市|縣市|区县|區縣|站点|站點|分站|标签|標籤|"
    r"关键词|關鍵詞|关键字|搜索|链接|鏈接|導航|导航|网站|網站|地图|地圖|加盟|代理|网络|網絡|列表|大全|合作|业务|業務|销售|銷售|友情|产品|產品|tags?|keywords?|links?|hot cities|service areas?|areas served){1,4}"
    r"(?:\s?[:：|>＞]\s{0,2}|\s{1,2})$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[。！？；!?;”’\"')）】』」…]\s*$")
_AS_FOLLOWS = re.compile(r"如下|如次|名单|名單|一覧")  # at the end of a finished sentence
_LISTED = re.compile(r"[县縣市区區]|地|单位|單位|城|州|名|所|处|點|点")  # before a colon: it is places that follow
HEADING = 30  # characters; a longer line above introduces a list only with its last words
_GOES_ON = re.compile(r"\s*(?:等|共|均|的|是|为|在|和|及|与|为了|[0-9]+(?:个|家)|以上|上述|and\b|are\b|is\b|were\b)")


def introduces(above: str) -> bool:
    """Whether the line above announces a list: a heading that names it, or a last word such as 如下."""
    if above.endswith((":", "：")):
        return bool(_LISTED.search(above[-20:]) or _INTRODUCED.search(above[-20:]))
    if len(above) <= HEADING and not SENTENCE_END.search(above):
        return bool(_INTRODUCED.search(above))
    if SENTENCE_END.search(above):
        return bool(_AS_FOLLOWS.search(above[-8:]))
    return bool(_INTRODUCED.search(above[-10:]))


def goes_on(after: str) -> bool:
    """Whether what follows a list makes it part of a sentence: 等, 均, and, are."""
    return bool(_GOES_ON.match(after))
