"""The registry of formats: finds the format of files by their content, and reads them.

Called by the web app and the command line through `advisor.formats.exchange`. The modules of formats are loaded on first use,
because they need parsers that most commands never use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from advisor.document.nearest import nearest_of
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.fitted import fitted
from advisor.formats.format import Format, Recognition, every_file
from advisor.formats.guarded import guard
from advisor.formats.own_slot import is_beside
from advisor.formats.places import Place, refusal, shown
from advisor.formats.pointer_files import file_to_bring, only_points
from advisor.formats.reading import PlanReading

MODULES = (
    "tracking_plan",
    "segment_public_api",
    "segment_config_api",
    "segment_terraform",
    "segment_csv",
    "typewriter",
    "rudderstack_api",
    "rudder_cli",
    "analyze_tracking",
    "avo_csv",
    "avo_json",
    "glean",
    "json_schema_files",
    "opentrackplan",
    "reflekt",
    "snowplow_cli",
    "snowplow_iglu",
    "telemetry_yaml",
    "tracking_plan_kit",
    "amplitude_csv",
    "amplitude_events",
    "ga4_plan",
    "mixpanel_lexicon_csv",
    "mixpanel_schemas",
    "mparticle",
    "posthog",
    "posthog_events",
    "csv_table",
    "xlsx_workbook",
    "json_rows",
    "markdown_page",
    "html_format",
    "decision_record_format",
    "mermaid",
)
"""The modules of `advisor.formats` that define a ``FORMAT``, in the order in which formats are listed."""

NOT_RECOGNISED = "This is none of the formats that can be imported."
_BLANK = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The format that files are taken for, why, and the other formats that they could be in, best first."""

    format: Format
    recognition: Recognition
    others: tuple[Format, ...]


@cache
def formats() -> dict[str, Format]:
    """Return every format by its key."""
    loaded: Iterator[Format] = (import_module(f"advisor.formats.{name}").FORMAT for name in MODULES)
    return {each.key: replace(each, write=each.write and guard(fitted(each, each.write))) for each in loaded}


def format_named(key: str) -> Format:
    """Return the format with a key. Raises `FormatError` that names the nearest keys."""
    known = formats()
    if key not in known:
        raise refusal(Place(), f"There is no format {shown(key)}.{nearest_of(key, list(known))}")
    return known[key]


def recognise(tree: FileTree) -> Recognised:
    """Return the format of files, by their content. Raises `FormatError` if it is none that can be read."""
    found = _seen(tree)
    if not found and not tree.only:
        # Among files that are no plan, a plan document of ours is the plan, and not something beside one.
        found = [pair for file in tree.files if is_beside(file) for pair in _seen(FileTree((file,)))]
    # Sorting is stable: among equals the order of the registry decides.
    found.sort(key=lambda pair: pair[1].rank, reverse=True)
    if found:
        (best, seen), *others = found
        return Recognised(best, seen, tuple(form for form, _ in others))
    if tree.files and not any(file.data.strip(_BLANK) for file in tree.files):
        raise refusal(tree.place, "The file is empty." if tree.only else "The files are empty.")
    if advice := file_to_bring(tree):
        raise refusal(tree.place, advice)
    raise tree.first_error() or refusal(tree.place, _not_recognised())


def _seen(tree: FileTree) -> list[tuple[Format, Recognition]]:
    """Return the formats that files could be in, in the order of the registry."""
    return [(form, seen) for form in formats().values() if form.recognise and (seen := form.recognise(tree))]


def read_files(tree: FileTree, key: str | None = None) -> PlanReading:
    """Return the plan in files: in the format with this key, else in the one that is recognised. Raises `FormatError`."""
    form = format_named(key) if key else recognise(tree).format
    if form.read is None:
        raise refusal(tree.place, f"{form.title} can be exported, but not imported.")
    taken = files_of(form, tree)
    return completed(form.read(taken), tree, taken)


def files_of(form: Format, tree: FileTree) -> FileTree:
    """Return a tree with the files that belong to a plan in a format, and our own document beside them.

    All files are returned if none of them is recognised alone; the reader says what is wrong with them.
    """
    if tree.only or form.takes is every_file:
        return tree
    known = {file for file in tree.files if _belongs(form, file)}
    if not any(form.recognise and form.recognise(FileTree((file,))) for file in known):
        return tree
    return FileTree((file for file in tree.files if file in known or is_beside(file)), tree.notices)


def completed(reading: PlanReading, tree: FileTree, taken: FileTree) -> PlanReading:
    """Return a reading with what was noticed in the files themselves, and with lines for all places.

    ``taken`` has the files of the tree that were read; the others are named as left out.
    """
    notices = (notice for file in taken.files for notice in file.notices())
    reading.warnings[:0] = [*tree.notices, *notices]
    read = frozenset(taken.files)
    for file in tree.files:
        if file not in read:
            reading.leave_out(file.place, f"file {file.path}", _why_not_taken(file, formats()[reading.format]))
    if reading.whole is None and not reading.events:
        whole = " Bring the whole folder that it is part of." if formats()[reading.format].takes is every_file else ""
        reading.warn(tree.place, f"There is no event in {'this file' if tree.only else 'these files'}.{whole}")
    reading.set_places(tree.located)
    return reading


def _belongs(form: Format, file: SourceFile) -> bool:
    is_recognised = form.recognise is not None and form.recognise(FileTree((file,))) is not None
    return is_recognised or (form.takes is not None and form.takes(file))


def _why_not_taken(file: SourceFile, form: Format) -> str:
    """Return why a file beside those of a plan in this format is not read."""
    if only_points(file):
        return "It only points to a plan kept elsewhere."
    tree = FileTree((file,))
    if others := sorted(_seen(tree), key=lambda pair: pair[1].rank):
        return f"It is in another format, {others[-1][0].title}: bring it by itself."
    if error := file.plain_error():
        return error.problems[0].message
    return f"It is no part of the plan in the format {form.title}."


def _not_recognised() -> str:
    looked = "; ".join(f"{form.title}: {form.looked_for}" for form in formats().values() if form.recognise)
    return f"{NOT_RECOGNISED} Looked for {looked}."
