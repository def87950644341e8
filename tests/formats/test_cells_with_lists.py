"""Cells that hold several values come back in the order in which the file has them, also after an edit beside them."""

from __future__ import annotations

import pytest
from brought import again, read_plan, written
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named, recognise

SEGMENT = (
    "Version,Event Type,Event Name,Property Name,Description,Labels,Property Data Type,Allowed Property Values,"
    "Enum Values,Status\n"
    '1,Track,Order Paid,,Charged,"{labels}",,,,\n'
    '1,Track,Order Paid,total,,,"{types}",,"{values}",required\n'
)
AMPLITUDE = (
    "Object Type,Object Name,Object Owner,Object Description,Event Category,Tags,Event Source,Property Type,"
    "Property Name,Property Description,Property Value Type,Property Required,Enum Values\n"
    'Event,Order Paid,,Charged,Shop,"{values}",,,,,,,\n'
    ',,,,,,,Event Property,size,,enum,TRUE,"{values}"\n'
)
AVO = (
    "Event Name,Event Description,Event Category,Event Tags,Sources,Property Name,Property Description,"
    "Property Value Type,Property Allowed Values\n"
    'Order Paid,Charged,Shop,"{tags}","{values}",size,,string,"{values}"\n'
)
LEXICON = (
    "Entity Type,Entity Name,Entity Display Name,Entity Description,Event Tags,Event Hidden,Event Dropped,"
    "Property Name,Property Type\n"
    'event,Order Paid,,Charged,"{values}",FALSE,FALSE,,\n'
)
ANY = (
    'Event,Tags,Destinations,Sources,Properties,Label: areas\nOrder Paid,"{values}",,"{types}","{values}","{labels}"\n'
)
TABLES = {
    "segment-csv": SEGMENT,
    "amplitude-csv": AMPLITUDE,
    "avo-csv": AVO,
    "mixpanel-lexicon-csv": LEXICON,
    "csv": ANY,
}
WORDS = ("zeta", "alpha", "mid", "backend")


def _listed(mark: str) -> st.SearchStrategy[str]:
    return st.permutations(WORDS).map(mark.join)


@pytest.mark.parametrize("key", TABLES)
@given(
    labels=st.permutations(("source:backend", "flow:checkout", "team:shop", "area:pay")).map(", ".join),
    values=st.one_of(_listed(","), _listed(", ")),
    tags=_listed(";"),
    types=st.permutations(("string", "null", "number")).map(",".join),
)
def test_a_list_in_a_cell_keeps_its_order(key: str, labels: str, values: str, tags: str, types: str) -> None:
    """A plan sorts labels; the file does not, so that an import and an export alone change nothing."""
    data = TABLES[key].format(labels=labels, values=values, tags=tags, types=types).encode()
    tree = FileTree.of({"plan.csv": data})
    assert recognise(tree).format.key == key
    plan = read_plan(tree, format_named(key))
    assert list(written(plan, format_named(key)).values()) == [data]


def test_labels_keep_their_order_when_one_is_added_or_changed() -> None:
    """The edit is all that changes: the labels that were there stay where they are."""
    form = format_named("segment-csv")
    data = SEGMENT.format(labels="source:backend, flow:checkout", types="number", values="").encode()
    plan = read_plan(FileTree.of({"plan.csv": data}), form)
    event = plan.events[0]
    edited = replace(plan, events=(replace(event, labels={"flow": "basket", "source": "backend", "a": "new"}),))
    files = written(edited, form)
    assert next(iter(files.values())) == data.replace(b"flow:checkout", b"flow:basket, a:new")
    assert again(files, form).events[0].labels == edited.events[0].labels
    assert form.write
    with_verdict = form.write(plan, WriteOptions(verdict=True)).files.popitem()[1].decode()
    assert '"source:backend, flow:checkout, tracked:' in with_verdict
