"""Words and frames that `site_simulator` makes sentences, menus and notices of; written for this project, in five languages."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LANGUAGES", "Language"]


class Language(NamedTuple):
    """What a language gives: words for sentences, and what sites say."""

    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    places: tuple[str, ...]
    times: tuple[str, ...]
    frames: tuple[str, ...]  # of sentences, with {s} {v} {o} {p} {t} {n}
    titles: tuple[str, ...]
    menu: tuple[str, ...]
    names: tuple[str, ...]  # of sites
    adverts: tuple[str, ...]
    prompts: tuple[str, ...]  # whole sentences of a site
    labels: tuple[str, ...]  # short lines of a site
    footer: tuple[str, ...]
    dated: tuple[str, ...]  # with {date} and {n}
    sections: tuple[str, ...]  # titles of sections in manuals and recipes
    months: tuple[str, ...]
    joiner: str = " "


ENGLISH = Language(
    subjects=tuple(
        "the ferry|a retired teacher|the town council|our neighbour|the old mill|a young baker|the harbour master|the choir|the last shepherd|a visiting engineer|the library|the night nurse|the gardener|the school|the river board|a carpenter|the observatory|the cooperative|my grandmother|the orchard".split(
            "|"
        )
    ),
    verbs=tuple(
        "repaired|measured|opened|painted|counted|carried|remembered|bought|described|promised|rebuilt|sold|planted|found|showed|lost|kept|welcomed|replaced|visited".split(
            "|"
        )
    ),
    objects=tuple(
        "the wooden bridge|forty apple trees|a set of brass scales|the winter timetable|three boats|the letters from the war|a new roof|the lower meadow|two hundred lamps|the stone oven|every window|the harvest|a map of the valley|the signal box|seven beehives|the lock gates|an iron stove|the reading room|a box of slides|the ferry bell".split(
            "|"
        )
    ),
    places=tuple(
        "near the quay|behind the station|in the upper village|on the island|under the viaduct|beside the weir|at the market|above the quarry|along the canal|in the old barracks|by the lighthouse|at the edge of the moor".split(
            "|"
        )
    ),
    times=tuple(
        "last autumn|before the floods|in the spring|after the harvest|on a cold morning|two years later|every Thursday|within a week|during the long winter|at the end of the season".split(
            "|"
        )
    ),
    frames=(
        "{S} {v} {o} {p} {t}.",
        "{T}, {s} {v} {o} {p}.",
        "Nobody knew why {s} {v} {o}, yet {t} it was talked about {p}.",
        "It took {n} days until {s} {v} {o} {p}.",
        "{S} {v} {o}, and {t} {s2} {v2} {o2}.",
        "When {s} {v} {o} {p}, the whole street came to look, and {n} people stayed until the evening.",
        "“We {v} {o} {t},” said one of them, “and {s2} {v2} the rest.”",
    ),
    titles=("How {s} {v} {o}", "{O} {p}: what comes next", "Why {s} {v} {o} {t}", "{S} and {o}"),
    menu=tuple(
        "Home|Village|Harbour desk|Weather|Letters|Farming|Boats|Schools|Walks|Archive|Small ads|Notices|Recipes|Sport|Opinion|Contact|People|History".split(
            "|"
        )
    ),
    names=("The Quay Gazette", "Upper Valley Post", "Millside Review", "Lantern and Oar", "The Weir Observer", "Orchard Notes"),
    adverts=(
        "Harrow & Finch boots: made for wet fields",
        "Fresh rye bread from Tolley's, baked before dawn",
        "Sail the estuary with Captain Brill, daily at noon",
        "Old clocks mended at 4 Chandler's Row",
        "Pargeter's Paint: 30 colours for boats",
        "Stay at the Anchor Inn, rooms with a view of the lock",
        "Learn the fiddle in a winter, ask at the hall",
        "Seeds, tools and twine at Marrow's yard",
    ),
    prompts=(
        "Sign up for our Friday letter and read the week's stories over breakfast.",
        "If you enjoy our reporting, become a friend of the paper today.",
        "We keep a record of corrections and publish them on the first of each month.",
        "Do you know more about this story? Write to the newsroom at the old customs house.",
        "Our reporters pay for their own tickets, meals and boots.",
    ),
    labels=(
        "Most read this week",
        "From our archive",
        "Print this story",
        "Larger type",
        "Send to a friend",
        "More from the valley",
        "Our partners",
        "In this section",
        "Follow the paper",
        "Your account",
        "Today in pictures",
    ),
    footer=(
        "Published by Quayside Words Ltd, registered in the county of Averley",
        "Advertise with us",
        "House rules",
        "How we work",
        "Delivery and subscriptions",
        "Owned by its readers since 1911",
    ),
    dated=(
        "Last updated {date}",
        "{n} readers have opened this page",
        "Posted on {date}",
        "{n} letters about this story",
        "Tide table for {date}",
    ),
    sections=("Synopsis", "Parameters", "Return value", "Examples", "Notes", "See also", "Ingredients", "Method", "Serving"),
    months=tuple("January February March April May June July August September October November December".split()),
)
GERMAN = Language(
    subjects=tuple(
        "die Fähre|ein alter Lehrer|der Gemeinderat|unsere Nachbarin|die Mühle|ein junger Bäcker|der Hafenmeister|der Chor|die Schäferin|ein Ingenieur aus der Stadt|die Bücherei|der Gärtner|die Schule|der Deichverband|ein Tischler|die Sternwarte".split(
            "|"
        )
    ),
    verbs=tuple(
        "reparierte|vermaß|eröffnete|strich|zählte|trug|verkaufte|beschrieb|versprach|erneuerte|pflanzte|fand|zeigte|verlor|behielt|besuchte".split(
            "|"
        )
    ),
    objects=tuple(
        "die Holzbrücke|vierzig Apfelbäume|eine Messingwaage|den Winterfahrplan|drei Boote|die Briefe aus dem Krieg|ein neues Dach|die untere Wiese|zweihundert Lampen|den Steinofen|jedes Fenster|die Ernte|eine Karte des Tals|das Stellwerk|sieben Bienenkörbe|die Schleusentore".split(
            "|"
        )
    ),
    places=tuple(
        "am Kai|hinter dem Bahnhof|im oberen Dorf|auf der Insel|unter dem Viadukt|am Wehr|auf dem Markt|über dem Steinbruch|am Kanal|in der alten Kaserne".split(
            "|"
        )
    ),
    times=tuple(
        "im letzten Herbst|vor dem Hochwasser|im Frühjahr|nach der Ernte|an einem kalten Morgen|zwei Jahre später|jeden Donnerstag|binnen einer Woche".split(
            "|"
        )
    ),
    frames=(
        "{S} {v} {o} {p}, und zwar {t}.",
        "{T} {v} {s} {o} {p}.",
        "Niemand wusste, warum {s} {o} {p} {v}.",
        "Es dauerte {n} Tage, bis {s} {o} {v}.",
        "{S} {v} {o}, doch {t} {v2} {s2} {o2}.",
        "„Das war {t}“, sagte einer der {n} Gäste, „da {v} {s} {o}.“",
    ),
    titles=("Wie {s} {o} {v}", "{O} {p}: wie es weitergeht", "{S} und {o}"),
    menu=tuple(
        "Start|Dorf|Hafen|Wetter|Leserbriefe|Landwirtschaft|Boote|Schulen|Wanderungen|Chronik|Kleinanzeigen|Termine|Rezepte|Sport|Meinung|Verein".split(
            "|"
        )
    ),
    names=("Der Kaibote", "Obertaler Blatt", "Mühlenanzeiger", "Laterne und Ruder"),
    adverts=(
        "Stiefel von Harrer: gemacht für nasse Felder",
        "Frisches Roggenbrot von Tolle, gebacken vor Sonnenaufgang",
        "Hafenrundfahrt mit Kapitän Brill, täglich um zwölf",
        "Alte Uhren repariert in der Krämergasse 4",
        "Farben für Boote bei Pagel",
        "Zimmer mit Blick auf die Schleuse im Gasthof Anker",
    ),
    prompts=(
        "Bestellen Sie unseren Freitagsbrief und lesen Sie die Woche beim Frühstück nach.",
        "Wenn Ihnen unsere Arbeit gefällt, werden Sie Freund des Blattes.",
        "Berichtigungen drucken wir am Ersten jedes Monats auf der letzten Seite.",
        "Wissen Sie mehr zu dieser Geschichte? Schreiben Sie der Redaktion im alten Zollhaus.",
    ),
    labels=(
        "Meistgelesen in dieser Woche",
        "Aus dem Archiv",
        "Seite drucken",
        "Größere Schrift",
        "Weitersagen",
        "Mehr aus dem Tal",
        "Unsere Partner",
        "In diesem Teil",
        "Ihr Konto",
        "Bilder des Tages",
    ),
    footer=(
        "Verlag Kaiworte GmbH, Amtsgericht Averlingen",
        "Werben im Blatt",
        "Hausordnung",
        "Wie wir arbeiten",
        "Zustellung und Bezug",
    ),
    dated=(
        "Zuletzt geändert am {date}",
        "{n} Aufrufe dieser Seite",
        "Veröffentlicht am {date}",
        "{n} Zuschriften zu diesem Beitrag",
    ),
    sections=("Übersicht", "Parameter", "Rückgabewert", "Beispiele", "Hinweise", "Siehe auch", "Zutaten", "Zubereitung"),
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
)
CHINESE = Language(
    subjects=tuple(
        "村里的老支书|驻村工作队|一位退休教师|合作社|镇上的书店|年轻的木匠|渡口的船工|果园主人|县里的技术员|山里的小学|邻村的养蜂人|老渔民|村民小组|乡卫生院|县剧团|返乡的大学生".split(
            "|"
        )
    ),
    verbs=tuple(
        "修好了|丈量了|办起了|粉刷了|清点了|运来了|卖出了|讲起了|承包了|换掉了|种下了|找到了|展出了|保住了|看望了|送来了".split(
            "|"
        )
    ),
    objects=tuple(
        "那座木桥|四十棵苹果树|一架旧水车|冬天的班车|三条渔船|几十封旧信|新的屋顶|河边的稻田|两百盏路灯|村口的石窑|所有的窗户|今年的收成|一张山谷地图|废弃的砖厂|七箱蜜蜂|水闸的铁门".split(
            "|"
        )
    ),
    places=tuple(
        "在码头旁边|在车站后面|在上村|在江心洲上|在高架桥下|在水坝边|在集市上|在采石场上方|沿着水渠|在旧粮仓里".split("|")
    ),
    times=tuple("去年秋天|洪水来之前|开春以后|收完稻子|一个寒冷的早晨|两年以后|每到周四|不到一个星期|漫长的冬天里".split("|")),
    frames=(
        "{t}，{s}{p}{v}{o}。",
        "{s}{v}{o}，这件事{t}传遍了全村。",
        "谁也没想到，{s}会{p}{v}{o}。",
        "前后用了{n}天，{s}才{v}{o}。",
        "{s}{v}{o}，{t}{s2}又{v2}{o2}。",
        "“{t}我们{v}{o}，”其中一位说，“{s2}也来帮忙。”",
    ),
    titles=("{s}{v}{o}", "{s}与{o}", "{p}：{s}怎样{v}{o}"),
    menu=tuple("首页|要闻|乡村振兴|农技|图片|视频|专题|理论|人物|民俗|市场|教育|旅游|读者来信|数字报|地方频道".split("|")),
    names=("山乡周报网", "渡口新闻网", "田野观察", "水车网"),
    adverts=(
        "青石镇糯米酒，逢集有售",
        "老周修表，码头街四号",
        "稻香农具店：犁耙锄头一应俱全",
        "乘船游江心洲，每日正午开船",
        "山泉豆腐坊，天不亮就开张",
        "河湾客栈，推窗见水闸",
    ),
    prompts=(
        "欢迎订阅本网每周五的来信，把一周的乡村故事带回家。",
        "如果您了解更多情况，请写信给旧海关楼里的编辑部。",
        "本网记者下乡的车票饭钱一律自理。",
        "更正与说明于每月一日统一刊出。",
    ),
    labels=("一周热读", "往期回顾", "放大字号", "推荐给朋友", "更多山乡消息", "合作媒体", "本栏目", "今日图集", "您的账号"),
    footer=("山乡文字社主办 甲县新闻办主管", "广告刊例", "网站章程", "我们怎样工作", "发行与订阅"),
    dated=("更新于{date}", "已有{n}人读过本文", "{date} 发布", "读者来信{n}封"),
    sections=("用法", "参数", "返回值", "示例", "说明", "另见", "配料", "做法"),
    months=tuple(f"{month}月" for month in range(1, 13)),
    joiner="",
)
FRENCH = Language(
    subjects=tuple(
        "le bac|une institutrice retraitée|le conseil municipal|notre voisin|le vieux moulin|une jeune boulangère|le maître du port|la chorale|le dernier berger|un ingénieur de passage|la bibliothèque|le jardinier|l'école|le syndicat des eaux".split(
            "|"
        )
    ),
    verbs=tuple(
        "répara|mesura|ouvrit|repeignit|compta|transporta|acheta|décrivit|promit|vendit|planta|retrouva|montra|perdit".split("|")
    ),
    objects=tuple(
        "le pont de bois|quarante pommiers|une balance en laiton|l'horaire d'hiver|trois barques|les lettres de la guerre|un toit neuf|le pré d'en bas|deux cents lampes|le four de pierre|chaque fenêtre|la récolte|une carte de la vallée|sept ruches".split(
            "|"
        )
    ),
    places=tuple(
        "près du quai|derrière la gare|dans le haut du village|sur l'île|sous le viaduc|au bord du barrage|au marché|le long du canal".split(
            "|"
        )
    ),
    times=tuple(
        "l'automne dernier|avant la crue|au printemps|après la moisson|par un matin froid|deux ans plus tard|chaque jeudi".split(
            "|"
        )
    ),
    frames=(
        "{S} {v} {o} {p}, {t}.",
        "{T}, {s} {v} {o} {p}.",
        "Personne ne sut pourquoi {s} {v} {o}.",
        "Il fallut {n} jours avant que tout fût prêt {p}, et {s} {v} {o}.",
        "{S} {v} {o}, puis {s2} {v2} {o2}.",
    ),
    titles=("Comment {s} {v} {o}", "{O} {p}", "{S} et {o}"),
    menu=tuple(
        "Accueil|Village|Port|Météo|Courrier|Élevage|Bateaux|Écoles|Balades|Archives|Annonces|Recettes|Sports|Débats".split("|")
    ),
    names=("Le Courrier du quai", "La Feuille du haut val", "Lanterne et rame"),
    adverts=(
        "Les bottes Harrou, faites pour les champs mouillés",
        "Pain de seigle frais chez Tollet, cuit avant l'aube",
        "Visitez l'estuaire avec le capitaine Bril, tous les midis",
        "Horloges anciennes réparées, 4 rue des Ciriers",
        "Chambres avec vue sur l'écluse à l'auberge de l'Ancre",
    ),
    prompts=(
        "Recevez notre lettre du vendredi et lisez la semaine au petit déjeuner.",
        "Si notre travail vous plaît, devenez ami du journal.",
        "Vous en savez davantage ? Écrivez à la rédaction, à l'ancienne douane.",
    ),
    labels=(
        "Les plus lus de la semaine",
        "Nos archives",
        "Imprimer la page",
        "Agrandir le texte",
        "Nos partenaires",
        "Dans cette rubrique",
        "Votre compte",
    ),
    footer=("Édité par Mots du quai SARL", "Passer une annonce", "Règles de la maison", "Notre méthode"),
    dated=("Mis à jour le {date}", "{n} lectures de cette page", "Publié le {date}"),
    sections=("Résumé", "Paramètres", "Valeur de retour", "Exemples", "Remarques", "Voir aussi"),
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
)
RUSSIAN = Language(
    subjects=tuple(
        "паром|старый учитель|сельский совет|наша соседка|старая мельница|молодой пекарь|начальник порта|хор|последний пастух|приезжий инженер|библиотека|садовник".split(
            "|"
        )
    ),
    verbs=tuple(
        "хранит|измеряет|открывает|красит|считает|перевозит|продаёт|описывает|обещает|сажает|находит|показывает".split("|")
    ),
    objects=tuple(
        "деревянный мост|сорок яблонь|медные весы|зимнее расписание|три лодки|письма с войны|новую крышу|нижний луг|двести фонарей|каменную печь|урожай|карту долины".split(
            "|"
        )
    ),
    places=tuple("у причала|за вокзалом|в верхней деревне|на острове|под мостом|у плотины|на рынке|вдоль канала".split("|")),
    times=tuple("прошлой осенью|до наводнения|весной|после жатвы|холодным утром|два года спустя|каждый четверг".split("|")),
    frames=(
        "{S} {v} {o} {p}, и так было {t}.",
        "{T} {s} {v} {o} {p}.",
        "Никто не знал, почему {s} {v} {o}.",
        "Прошло {n} дней, и {s} {v} {o} {p}.",
        "{S} {v} {o}, а {s2} {v2} {o2}.",
    ),
    titles=("Как {s} {v} {o}", "{O} {p}", "{S} и {o}"),
    menu=tuple("Главная|Село|Порт|Погода|Письма|Хозяйство|Лодки|Школы|Прогулки|Архив|Объявления|Рецепты|Спорт|Мнения".split("|")),
    names=("Вестник причала", "Верхнедольский листок"),
    adverts=(
        "Сапоги Гарина: для мокрых полей",
        "Свежий ржаной хлеб от Толлина, печём до рассвета",
        "Прогулки по устью с капитаном Брилем ежедневно в полдень",
        "Старые часы чиним в Свечном переулке, 4",
        "Комнаты с видом на шлюз в трактире Якорь",
    ),
    prompts=(
        "Подпишитесь на наше пятничное письмо и читайте неделю за завтраком.",
        "Если вам нравится наша работа, станьте другом газеты.",
        "Вы знаете больше об этой истории? Напишите в редакцию в старой таможне.",
    ),
    labels=(
        "Самое читаемое за неделю",
        "Из архива",
        "Печатать страницу",
        "Крупный шрифт",
        "Наши друзья",
        "В этом разделе",
        "Ваша страница",
    ),
    footer=("Издатель: Слова причала", "Реклама в газете", "Правила дома", "Как мы работаем"),
    dated=("Обновлено {date}", "{n} просмотров страницы", "Опубликовано {date}"),
    sections=("Обзор", "Параметры", "Результат", "Примеры", "Замечания", "См. также"),
    months=tuple("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()),
)
LANGUAGES = {"en": ENGLISH, "de": GERMAN, "zh": CHINESE, "fr": FRENCH, "ru": RUSSIAN}
