"""Finds out where a team tracks an event today, from words and paths in its files: labels, sources, tags, platforms, code.

Every reader of a format uses these functions, so that the same word means the same side everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from advisor.formats.reading import LabelValue, Practice
from advisor.model import Placement, Side

_CLIENT_WORDS = """
client clientside frontend browser web website webapp app mobile ios android iphone ipad javascript js typescript react
reactnative flutter swift kotlin unity spa page
"""
_SERVER_WORDS = """
server serverside backend api node nodejs python ruby golang go java php csharp dotnet cloud service worker cron job
"""
_BOTH = frozenset({"both", "clientandserver", "clientserver", "everywhere", "fullstack", "hybrid"})
_LABEL_WORDS = """
source sources platform platforms side tracked trackedon placement application applications app environment origin where
"""
_CLIENT_WORDS += """
cliente navegador клиент веб сайт приложение クライアント ウェブ アプリ 客户端 前端 网页 小程序 클라이언트 웹 앱 프론트엔드
"""
_SERVER_WORDS += """
servidor serveur serverseitig сервер бэкенд бекенд サーバー サーバ バックエンド 服务端 服务器 后端 서버 백엔드
"""
_CLIENT, _SERVER, _LABELS = (frozenset(words.split()) for words in (_CLIENT_WORDS, _SERVER_WORDS, _LABEL_WORDS))
"""`_LABELS`: labels of these names say where an event is tracked; those of other names are not looked at."""
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
    """Return the practice that labels state, with the label as evidence: ``labels.source = backend``."""
    for key, value in labels.items():
        if re.sub(r"[^a-z]", "", key.casefold()) in _LABELS:
            texts = [value] if isinstance(value, str) else value
            words = [word for text in texts for word in re.split(r"[,;|/+&]| and ", text)]
            if side := side_of_words(words):
                return Practice(side, f"labels.{key} = {', '.join(texts)}")
    return None


def practice_of_paths(paths: Iterable[str]) -> Practice | None:
    """Return the practice that paths of code state, with the paths as evidence."""
    sides = {path: side for path in paths if (side := side_of_path(path))}
    placement = _together(sides.values())
    return Practice(placement, ", ".join(sides)) if placement else None


def practice_of_word(where: str, text: str) -> Practice | None:
    """Return the practice that one field of a file states: ``where`` names the field (``source``)."""
    side = side_of_words(re.split(r"[,;|/+&]| and ", text))
    return Practice(side, f"{where} = {text}") if side else None


def _together(sides: Iterable[Placement | None]) -> Placement | None:
    found = {side for side in sides if side}
    if not found:
        return None
    return found.pop() if len(found) == 1 else "both"
