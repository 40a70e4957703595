"""The addresses of handouts: written and read back, and nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import InputError
from handouts.request.addresses import Address, read, written
from handouts.request.request import Request

IDS = st.from_regex("[a-z][a-z0-9-]{0,20}", fullmatch=True)
ADDRESSES = st.builds(
    Address, cause=IDS, side=st.sampled_from(["", "left", "right", "both"]),
    flags=st.lists(IDS, unique=True, max_size=16).map(tuple),
    language=st.sampled_from(["", "en", "es-MX"]), paper=st.sampled_from(["", "letter", "a4"]),
    format=st.sampled_from(["", "large-print"]), form=st.sampled_from(["pdf", "html"]),
    edition=st.sampled_from(["", "sheet", "standard", "full"]))


@given(address=ADDRESSES)
def test_what_is_written_reads_back_the_same(address):
    assert read(written(address)) == address


def test_an_address_as_it_looks():
    address = Address("osteoarthritis", "right", ("anticoagulant", "numbness"), "es", "a4",
                      "large-print", "html", "full")

    assert written(address) == ("/handouts/osteoarthritis.html?side=right&flag=anticoagulant"
                                "&flag=numbness&lang=es&paper=a4&format=large-print"
                                "&edition=full")
    assert written(Address("gout")) == "/handouts/gout.pdf"
    assert address.request == Request("osteoarthritis", flags=("anticoagulant", "numbness"),
                                      side="right", language="es", paper="a4", format="large-print",
                                      edition="full")


@pytest.mark.parametrize("target", [
    "", "/", "/handouts/", "/handouts/gout", "/handouts/gout.exe", "/handouts/../gout.pdf",
    "/handouts/..%2fgout.pdf", "//evil.example/handouts/gout.pdf", "/handouts/Gout.pdf",
    "/handouts/gout.pdf?patient=Ana", "/handouts/gout.pdf?side=up", "/handouts/gout.pdf?side=",
    "/handouts/gout.pdf?side=left&side=right", "/handouts/gout.pdf?flag=a&flag=a",
    "/handouts/gout.pdf?lang=../en", "/handouts/gout.pdf?edition=long",
    "/handouts/gout.pdf?state=attack", "/handouts/gout.pdf?side",
    "/handouts/gout.pdf\n", "/handouts/gout.pdf?" + "&".join(f"flag=f{n}" for n in range(41)),
    "/handouts/gout.pdf?a=%C3%28", "/handouts/" + "g" * 99 + ".pdf",
])
def test_anything_else_is_refused_without_repeating_it(target):
    with pytest.raises(InputError) as caught:
        read(target)
    assert "Ana" not in str(caught.value)
    assert "evil" not in str(caught.value)


@given(target=st.text() | st.text().map("/handouts/gout.pdf?".__add__))
def test_any_text_is_an_address_or_refused(target):
    try:
        address = read(target)
    except InputError:
        return
    assert read(written(address)) == address
