"""The lists of navigation lines, language by language: what a site says goes, what an article says in the same words stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cleaner.lists.build.navigation import FOLDER, built
from cleaner.markup import text_page
from cleaner.rules.navigation import FAMILIES, Navigation
from cleaner.rules.navigation_phrases import KINDS, LANGUAGES, key
from cleaner.script import fold

BEGIN = ("opening", "statement")  # kinds that match the beginning of a line
SHORT = {True: 2, False: 5}  # characters below which a beginning is too common: of Han, kana and hangul; of other scripts

BODIES = {
    "german": (
        "Der Gemeinderat hat am Dienstag beschlossen, die alte Brücke ein weiteres Jahr offen zu halten, wie viele Anwohner es wünschten.",
        "Fachleute werden das Bauwerk jeden Monat prüfen, und die Stadt wird ihre Berichte am Rathaus aushängen.",
    ),
    "french": (
        "Le conseil municipal a décidé mardi de laisser le vieux pont ouvert une année de plus, comme le demandaient les habitants.",
        "Des ingénieurs examineront l'ouvrage chaque mois, et la ville affichera leurs rapports à la mairie.",
    ),
    "spanish": (
        "El ayuntamiento decidió el martes mantener abierto el puente viejo un año más, como pedían muchos vecinos.",
        "Los ingenieros revisarán la estructura cada mes, y el pueblo publicará sus informes en el tablón de anuncios.",
    ),
    "portuguese": (
        "A câmara municipal decidiu na terça-feira manter a ponte velha aberta por mais um ano, como pediam muitos moradores.",
        "Os engenheiros vão examinar a estrutura todos os meses, e a cidade vai publicar os relatórios no mural da prefeitura.",
    ),
    "russian": (
        "Городской совет решил во вторник оставить старый мост открытым ещё на год, как просили многие жители.",
        "Инженеры будут осматривать сооружение каждый месяц, а город вывесит их отчёты на доске объявлений.",
    ),
    "japanese": (
        "町議会は火曜日、多くの住民の要望を受けて、古い橋をもう一年通れるようにしておくことを決めた。",
        "技術者が毎月橋の状態を調べ、町はその報告を役場の掲示板に張り出す予定だという。",
    ),
    "korean": (
        "읍의회는 화요일 많은 주민의 요청에 따라 오래된 다리를 한 해 더 열어 두기로 결정했다.",
        "기술자들이 매달 다리의 상태를 점검하고, 읍은 그 보고서를 게시판에 붙일 예정이다.",
    ),
}

GOES = {
    "german": (
        "Zum Inhalt springen",
        "Sie sind hier: Startseite > Aktuelles",
        "Artikel drucken",
        "Auf Facebook teilen",
        "Nächster Artikel",
        "Lesen Sie auch",
        "Schlagworte: Brücke, Stadtrat",
        "© 2024 Flussblatt GmbH. Alle Rechte vorbehalten.",
        "Diese Website verwendet Cookies, um Ihnen den besten Service zu bieten. Mehr dazu in der Datenschutzerklärung.",
        "Newsletter abonnieren",
        "Schreibe einen Kommentar",
        "Deine E-Mail-Adresse wird nicht veröffentlicht.",
        "Weiterlesen",
        "Passwort vergessen?",
        "Lesezeit: 3 Minuten",
    ),
    "french": (
        "Aller au contenu principal",
        "Vous êtes ici : Accueil > Actualités",
        "Imprimer cet article",
        "Partager sur Facebook",
        "Article suivant",
        "À lire aussi",
        "Mots-clés : pont, conseil",
        "Tous droits réservés",
        "Ce site utilise des cookies pour améliorer votre expérience. En savoir plus dans notre politique.",
        "S'abonner à la newsletter",
        "Laisser un commentaire",
        "Lire la suite",
        "Mot de passe oublié ?",
        "Mentions légales",
    ),
    "spanish": (
        "Saltar al contenido",
        "Usted está aquí: Inicio > Noticias",
        "Imprimir artículo",
        "Compartir en Facebook",
        "Artículo siguiente",
        "Noticias relacionadas",
        "Etiquetas: puente, consejo",
        "Todos los derechos reservados",
        "Utilizamos cookies propias y de terceros para mejorar nuestros servicios. Si continúa navegando, acepta su uso.",
        "Suscríbete a nuestro boletín",
        "Deja un comentario",
        "Leer más",
        "¿Olvidaste tu contraseña?",
        "Aviso legal",
    ),
    "portuguese": (
        "Pular para o conteúdo",
        "Você está aqui: Início > Notícias",
        "Compartilhar no Facebook",
        "Próximo artigo",
        "Leia também",
        "Todos os direitos reservados",
        "Este site utiliza cookies para melhorar a sua experiência. Ao continuar navegando, você concorda.",
        "Assine nossa newsletter",
        "Deixe um comentário",
        "Continuar lendo",
        "Esqueci minha senha",
        "Política de privacidade",
        "Mais lidas",
    ),
    "russian": (
        "Перейти к содержимому",
        "Вы здесь: Главная > Новости",
        "Версия для печати",
        "Поделиться в социальных сетях",
        "Следующая статья",
        "Читайте также",
        "Теги: мост, совет",
        "Все права защищены",
        "Мы используем cookie, чтобы сделать сайт удобнее. Оставаясь на сайте, вы соглашаетесь с этим.",
        "Подписаться на рассылку",
        "Добавить комментарий",
        "Читать далее",
        "Забыли пароль?",
        "Политика конфиденциальности",
        "Просмотров: 1204",
    ),
    "japanese": (
        "本文へスキップ",
        "現在位置:ホーム > ニュース",
        "このページを印刷する",
        "Facebookでシェア",
        "次の記事",
        "関連記事",
        "カテゴリー:町政",
        "無断転載を禁じます",
        "当サイトではCookieを使用しています。引き続き閲覧すると同意したとみなします。",
        "メールマガジン登録",
        "コメントを残す",
        "続きを読む",
        "パスワードを忘れた方はこちら",
        "プライバシーポリシー",
        "ページトップへ戻る",
    ),
    "korean": (
        "본문 바로가기",
        "현재위치: 홈 > 뉴스",
        "기사 인쇄하기",
        "페이스북으로 공유하기",
        "다음기사",
        "관련기사",
        "태그: 다리, 의회",
        "저작권자 © 강변일보 무단전재 및 재배포 금지",
        "이 사이트는 쿠키를 사용합니다. 계속 이용하시면 동의하는 것으로 간주합니다.",
        "뉴스레터 구독하기",
        "댓글을 입력해주세요",
        "기사 더보기",
        "비밀번호 찾기",
        "개인정보처리방침",
        "조회수 : 1,204",
    ),
}

STAYS = {
    "german": (
        "Teilen Sie den Teig in zwei Hälften",
        "Datenschutz im Alltag",
        "Zurück zum Start",
        "Foto: Anna Beispiel",
        "Anzeige erstattete der Nachbar noch am selben Abend.",
        "„Weiterlesen!“, rief sie, und niemand las weiter.",
        "Kategorie A",
        "Suche",
        "Datenschutz",
    ),
    "french": (
        "Partager un repas, c'est partager le temps",
        "Photo : Anne Exemple",
        "Imprimer des livres à Lyon au XVIe siècle",
        "Retour à la terre",
        "Recherche",
        "Publicité",
    ),
    "spanish": (
        "Compartir la mesa es compartir la vida",
        "Foto: Ana Ejemplo",
        "Volver a empezar",
        "Más noticias buenas que malas",
        "Búsqueda",
        "Contacto",
    ),
    "portuguese": (
        "Compartilhar o pão com os vizinhos",
        "Foto: Ana Exemplo",
        "Voltar para casa depois da guerra",
        "Seguir o rio até ao mar",
        "Pesquisa",
        "Contato",
    ),
    "russian": (
        "Добавьте муку и тщательно перемешайте",
        "Фото: Анна Примерова",
        "Назад к природе",
        "Тема: старый мост",
        "Продолжая работу над мостом, инженеры нашли трещину.",
        "Поиск",
        "Вход",
    ),
    "japanese": (
        "写真:山田花子",
        "次の日の朝",
        "残り三日となった工事",
        "ログインして設定画面を開く",
        "著作権法の改正",
        "検索",
        "アクセス:川辺駅から徒歩五分",
    ),
    "korean": (
        "사진=김예시 기자",
        "다음 주 월요일",
        "저작권자의 권리를 지키는 법",
        "공유 경제의 앞날",
        "자바스크립트를 배우는 사람들",
        "검색",
    ),
}


def faults(rows: Iterable[str]) -> Iterator[str]:
    """Rows that are not what a row must be, each with the reason."""
    for row in rows:
        parts = row.split("\t")
        if len(parts) != 3 or parts[1] not in KINDS or not key(parts[2]):
            yield f"{row!r}: expected family, kind ({', '.join(sorted(KINDS))}) and a phrase"
        elif parts[1] in BEGIN:
            phrase = parts[2]
            if key(phrase) != fold(phrase.replace("’", "'")):
                yield f"{row!r}: as a key it is {key(phrase)!r}, which matches more"
            if len(phrase) < SHORT[phrase[0] >= "\u2e80"]:
                yield f"{row!r}: too short for a beginning"


def removed(*lines: str) -> list[str]:
    page = text_page("\n".join(lines))
    return [page.text[edit.start : edit.end] for edit in Navigation().find(page)]


@pytest.mark.parametrize(("language", "line"), [(language, line) for language, lines in GOES.items() for line in lines])
def test_a_line_of_the_site_goes(language: str, line: str) -> None:
    assert removed(*BODIES[language], line) == [line]


@pytest.mark.parametrize(("language", "line"), [(language, line) for language, lines in STAYS.items() for line in lines])
def test_a_line_of_the_article_stays(language: str, line: str) -> None:
    first, second = BODIES[language]
    assert removed(first, line, second) == []
    assert removed(first, second, line) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_lists_are_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert built(text) == text
    head, rows = [line for line in text.split("\n") if line.startswith("# ")], text.split("\n")[5:-1]
    assert [line.split(": ")[0] for line in head] == ["# name", "# source", "# licence", "# date", "# built by"]
    assert rows == sorted(set(rows)) and unicodedata.is_normalized("NFC", text)
    assert list(faults(rows)) == []
    assert {row.split("\t")[0] for row in rows} <= set(FAMILIES)
    assert {row.split("\t")[1] for row in rows} <= set(KINDS)


def test_every_language_has_its_list_and_its_cases() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(LANGUAGES)
    assert set(GOES) == set(STAYS) == set(LANGUAGES) - {"chinese", "english"}


def test_a_beginning_that_would_match_more_than_it_says_is_a_fault() -> None:
    assert "matches more" in next(faults(["previous-next\topening\t« back to"]))
    assert "too short" in next(faults(["tags\topening\tin"]))
    assert "expected" in next(faults(["tags in"]))
