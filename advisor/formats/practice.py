"""Finds out where a team tracks an event today, from words and paths in its files: labels, sources, tags, platforms, code.

Every reader of a format uses these functions, so that the same word means the same side everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from advisor.formats.reading import LabelValue, Practice
from advisor.knowledge.answer_words import answer_in
from advisor.model import Placement, Side

_CLIENT_WORDS = """
client clientside frontend browser web website webapp app mobile ios android iphone ipad javascript js typescript react
reactnative flutter swift kotlin unity spa page
"""
_SERVER_WORDS = """
server serverside backend api node nodejs python ruby golang go java php csharp dotnet cloud service worker cron job
"""
_CLIENT_SIGNS = """
client clients clientside frontend browser browsers website ios android iphone ipad javascript typescript reactnative
flutter swift kotlin unity spa js
"""
_CLIENT_KINDS = "web app apps mobile desktop react"
_SERVER_SIGNS = """
server servers serverside backend api sgtm node nodejs python ruby rails django laravel golang php webhook webhooks lambda cron
microservice
"""
_MOST_WORDS = 6
"""A text of more words tells how something works; it does not name a source."""
_SHORT = {"be": "backend", "fe": "frontend"}
"""Abbreviations, which are words of their own unless they have capitals."""
_DENIALS = frozenset({"not", "no", "without", "instead", "never", "except", "or", "non"})
_BOTH = frozenset({"both", "clientandserver", "clientserver", "everywhere", "fullstack", "hybrid"})
_LABEL_WORDS = """
source sources platform platforms side tracked trackedon placement application applications app environment origin where
trackedby trackedfrom trackedin trackedwith firedfrom firedon implementedin implementedby implementation sdk library eventsource
"""
_CLIENT_WORDS += """
cliente navegador клиент веб сайт приложение クライアント ウェブ アプリ 客户端 前端 网页 小程序 클라이언트 웹 앱 프론트엔드
"""
_SERVER_WORDS += """
servidor serveur serverseitig сервер бэкенд бекенд サーバー サーバ バックエンド 服务端 服务器 后端 서버 백엔드
"""
_TAG_WORDS = frozenset({"tag", "tags"})
"""Labels of these names say it among other things: only words that mean nothing else count in them."""
_CLIENT, _SERVER, _LABELS, _SIGNS_OF_CLIENT, _KINDS_OF_CLIENT, _SIGNS_OF_SERVER = (
    frozenset(words.split())
    for words in (_CLIENT_WORDS, _SERVER_WORDS, _LABEL_WORDS, _CLIENT_SIGNS, _CLIENT_KINDS, _SERVER_SIGNS)
)
"""`_LABELS`: labels of these names say where an event is tracked; those of other names are not looked at."""
_SEPARATOR = re.compile(r"[,;|/+&\n]| and ")
_PATH = re.compile(r"[\w.@\[\]()$-]+(?:[/\\][\w.@\[\]()$-]+)+\.[a-z]{1,5}(?::\d+)?", re.IGNORECASE)
"""The path of a file with code, perhaps with a line."""
_SERVER_PATH = re.compile(
    r"""(^|/)(api|server|servers|backend|functions|workers?|jobs?|cron|lambda|lambdas|routers?|controllers|services|webhooks?)(/|$)
    |(^|/)(route|actions?|middleware)\.(ts|js|mts|mjs)$ | \.server\.(ts|tsx|js|jsx)$ | \.(py|rb|go|php|cs|java|ex|exs|rs)$""",
    re.VERBOSE,
)
_CLIENT_PATH = re.compile(
    r"""(^|/)(components?|hooks|client|frontend|browser|public|screens|views|widgets|ios|android)(/|$)
    |\.client\.(ts|tsx|js|jsx)$ | \.(tsx|jsx|vue|svelte|swift|kt|dart|html|m|mm)$""",
    re.VERBOSE,
)


def side_of_word(text: str) -> Placement | None:
    """Return the side that a word names, as ``backend`` or ``Client-side``; None for all other words."""
    folded = re.sub(r"[\W\d_]", "", text.casefold())
    if folded in _BOTH:
        return "both"
    if folded in _CLIENT:
        return "client"
    return "server" if folded in _SERVER else None


def side_of_phrase(text: str) -> Placement | None:
    """Return the side that a few words name together, as ``Production Backend`` or ``GTM web container``; None if unsure.

    Words for the server outweigh those that only say what kind of client it is for: ``web server``, ``mobile API``.
    """
    short = _SHORT.get(text.strip().casefold(), text)
    if side := side_of_word(short):
        return side
    joined = re.sub(r"\b(client|server|front|back)[\s_-]+(side|end)s?\b", r"\1\2", text.casefold())
    joined = re.sub(r"\b(be|fe)\b", lambda found: _SHORT[found[0]] if found[0].upper() in text else "", joined)
    joined = re.sub(r"\b(node|vue|next|nuxt|react)[.]js\b", r"\1", joined).replace("react native", "reactnative")
    words = re.findall(r"[a-z]+", joined)
    if len(words) > _MOST_WORDS or not _DENIALS.isdisjoint(words):
        return None
    is_server = not _SIGNS_OF_SERVER.isdisjoint(words)
    is_client = not _SIGNS_OF_CLIENT.isdisjoint(words)
    if is_server and is_client:
        return "server" if words[-1] in _SIGNS_OF_SERVER else None
    if is_server:
        return "server"
    return "client" if is_client or not _KINDS_OF_CLIENT.isdisjoint(words) else None


def names_side(text: str) -> bool:
    """Return whether a text surely names a side: it has a word that means nothing else, or is a path of code that says it."""
    stripped = text.strip()
    is_path = bool(_PATH.fullmatch(stripped)) and side_of_path(stripped) is not None
    return is_path or any(map(side_of_word, _SEPARATOR.split(text)))


def side_of_words(texts: Iterable[str]) -> Placement | None:
    """Return the side that words name together; both sides give ``both``, and words that name none don't count."""
    return _together(side_of_word(text) for text in texts)


def side_of_path(path: str) -> Side | None:
    """Return the side on which code at this path runs; None if the path doesn't say."""
    slashed = path.replace("\\", "/").casefold()
    if _SERVER_PATH.search(slashed) and not slashed.endswith((".tsx", ".jsx", ".vue", ".svelte")):
        return "server"
    return "client" if _CLIENT_PATH.search(slashed) else None


def practice_of_labels(labels: Mapping[str, LabelValue]) -> Practice | None:
    """Return the practice that labels state, with the label as evidence: ``labels.source = backend``.

    A label that is named like a side and ticked says it too: ``labels.Backend = x``.
    """
    for key, value in labels.items():
        texts = [value] if isinstance(value, str) else list(value)
        if side := _side_of_label(re.sub(r"[^a-z]", "", key.casefold()), texts):
            return Practice(side, f"labels.{key} = {', '.join(texts)}")
    ticked = {key: value for key, value in labels.items() if isinstance(value, str) and answer_in(value) == "yes"}
    sides = {key: side for key in ticked if (side := side_of_word(key))}
    placement = _together(sides.values())
    return Practice(placement, ", ".join(f"labels.{key} = {ticked[key]}" for key in sides)) if placement else None


def _side_of_label(name: str, texts: Iterable[str]) -> Placement | None:
    words = [word for text in texts for word in _SEPARATOR.split(text)]
    if name in _LABELS:
        return _together(map(side_of_phrase, words))
    return side_of_words(words) if name in _TAG_WORDS else None


def practice_of_paths(paths: Iterable[str]) -> Practice | None:
    """Return the practice that paths of code state, with the paths as evidence."""
    sides = {path: side for path in paths if (side := side_of_path(path))}
    placement = _together(sides.values())
    return Practice(placement, ", ".join(sides)) if placement else None


def practice_of_word(where: str, text: str) -> Practice | None:
    """Return the practice that one field of a file states: ``where`` names the field (``source``)."""
    side: Placement | None = side_of_path(text.strip()) if _PATH.fullmatch(text.strip()) else None
    words = _SEPARATOR.split(text)
    is_prose = len(text.split()) > _MOST_WORDS * len(words) or len(text.split()) > 2 * _MOST_WORDS
    side = side or (side_of_words(words) if is_prose else _together(map(side_of_phrase, words)))
    return Practice(side, f"{where} = {text}") if side else None


def _together(sides: Iterable[Placement | None]) -> Placement | None:
    found = {side for side in sides if side}
    if not found:
        return None
    return found.pop() if len(found) == 1 else "both"
