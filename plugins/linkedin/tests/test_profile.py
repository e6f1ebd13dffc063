"""Which addresses are profiles, and that nothing but a name gets into what is opened."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.api import InputError
from followup_linkedin.profile import LONGEST_NAME, member_name, messaging_page, profile_page

GOOD = "https://www.linkedin.com/in/dana-lee"

PROFILES = {
    GOOD: "dana-lee",
    "https://linkedin.com/in/dana-lee/": "dana-lee",
    "https://de.linkedin.com/in/dana-lee": "dana-lee",
    "HTTPS://UK.LinkedIn.com/in/Dana-Lee": "Dana-Lee",
    "https://www.linkedin.com/in/dana_lee-2a1ba6258?utm_source=share&utm_medium=ios": (
        "dana_lee-2a1ba6258"
    ),
    "https://www.linkedin.com/in/dana-lee/#about": "dana-lee",
    "https://www.linkedin.com/in/dana-lee?next=https://evil.example/@x": "dana-lee",
    "https://www.linkedin.com/in/j%C3%B6rg-m%c3%bcller-123/": "jörg-müller-123",
    "https://www.linkedin.com/in/jörg-müller": "jörg-müller",
    "https://in.linkedin.com/in/%E0%A4%A6%E0%A5%80%E0%A4%AA%E0%A4%BE": "दीपा",
    "https://cn.linkedin.com/in/王伟": "王伟",
    f"https://www.linkedin.com/in/{'x' * LONGEST_NAME}": "x" * LONGEST_NAME,
}

REFUSED = {
    "nothing": ("", " ", "dana-lee", "linkedin.com/in/dana-lee", "//www.linkedin.com/in/dana-lee"),
    "scheme": (
        "http://www.linkedin.com/in/dana-lee",
        "ftp://www.linkedin.com/in/dana-lee",
        "file://www.linkedin.com/in/dana-lee",
        "javascript://www.linkedin.com/in/dana-lee",
        "javascript:alert(1)//https://www.linkedin.com/in/dana-lee",
        "https:www.linkedin.com/in/dana-lee",
        "https:/www.linkedin.com/in/dana-lee",
        "https:///www.linkedin.com/in/dana-lee",
        r"https:\\www.linkedin.com\in\dana-lee",
    ),
    "host": (
        "https://example.com/in/dana-lee",
        "https://linkedin.com.evil.example/in/dana-lee",
        "https://www.linkedin.com.evil.example/in/dana-lee",
        "https://evil-linkedin.com/in/dana-lee",
        "https://evillinkedin.com/in/dana-lee",
        "https://linkedin.com-evil.example/in/dana-lee",
        "https://linkedin.co/in/dana-lee",
        "https://linkedin.com./in/dana-lee",
        "https://.linkedin.com/in/dana-lee",
        "https://www.www.linkedin.com/in/dana-lee",
        "https://www.de.linkedin.com/in/dana-lee",
        "https://d.linkedin.com/in/dana-lee",
        "https://xyz.linkedin.com/in/dana-lee",
        "https://d3.linkedin.com/in/dana-lee",
        "https://wwwxlinkedin.com/in/dana-lee",
        "https://linkedinxcom/in/dana-lee",
        "https://lnkd.in/in/dana-lee",
        "https://108.174.10.10/in/dana-lee",
        "https://evil.example/https://www.linkedin.com/in/dana-lee",
        "https://evil.example/?u=https://www.linkedin.com/in/dana-lee",
        "https://evil.example#https://www.linkedin.com/in/dana-lee",
        r"https://evil.example\www.linkedin.com/in/dana-lee",
    ),
    "look-alike": (
        "https://www.lin\u212aedin.com/in/dana-lee",  # the Kelvin sign
        "https://www.l\u0131nkedin.com/in/dana-lee",  # i without a dot
        "https://www.link\u0435din.com/in/dana-lee",  # Cyrillic
        "https://\u017f\u017f.linkedin.com/in/dana-lee",  # long s
        "https://www\u3002linkedin\u3002com/in/dana-lee",  # ideographic full stops
        "https://\uff57\uff57\uff57.linkedin.com/in/dana-lee",  # full width
        "https://www.linkedin.com\u2215in\u2215dana-lee",  # division slashes
        "https://xn--lnkedin-2zb.com/in/dana-lee",
        "https://www.xn--linkdin-36f.com/in/dana-lee",
        "https://www.linkedin.xn--cm-fka/in/dana-lee",
    ),
    "user or port": (
        "https://dana@www.linkedin.com/in/dana-lee",
        "https://dana:secret@linkedin.com/in/dana-lee",
        "https://www.linkedin.com@evil.example/in/dana-lee",
        "https://www.linkedin.com:443/in/dana-lee",
        "https://www.linkedin.com:8443/in/dana-lee",
        "https://www.linkedin.com:/in/dana-lee",
        "https://linkedin.com:pw@evil.example/in/dana-lee",
    ),
    "path": (
        "https://www.linkedin.com",
        "https://www.linkedin.com/",
        "https://www.linkedin.com/in",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/in//",
        "https://www.linkedin.com//in/dana-lee",
        "https://www.linkedin.com/in//dana-lee",
        "https://www.linkedin.com/in/dana-lee//",
        "https://www.linkedin.com/in/dana-lee/de",
        "https://www.linkedin.com/in/dana-lee/overlay/contact-info/",
        "https://www.linkedin.com/company/globex",
        "https://www.linkedin.com/pub/dana-lee/1/2/3",
        "https://www.linkedin.com/redir/redirect?url=https://evil.example",
        "https://www.linkedin.com/in/../redir",
        "https://www.linkedin.com/in/.",
        "https://www.linkedin.com/in/..",
        "https://www.linkedin.com/in/%2e%2e",
        "https://www.linkedin.com/in/..%2Fredir",
        "https://www.linkedin.com/in/dana%2Flee",
        "https://www.linkedin.com/in/dana%252Flee",
        r"https://www.linkedin.com/in/dana\lee",
        "https://www.linkedin.com/in/dana;jsessionid=1",
        "https://www.linkedin.com/in/dana&body=x",
        "https://www.linkedin.com/in/dana%26body=x",
        "https://www.linkedin.com/in/dana+lee",
        "https://www.linkedin.com/in/dana lee",
        "https://www.linkedin.com/in/dana%20lee",
        "https://www.linkedin.com/in/dana%0D%0ALocation:x",
        "https://www.linkedin.com/in/dana%00",
        "https://www.linkedin.com/in/dana%FF",
        "https://www.linkedin.com/in/dana%",
        "https://www.linkedin.com/in/%3Cscript%3E",
        "https://www.linkedin.com/in/dana\u202eeel",
        f"https://www.linkedin.com/in/{'x' * (LONGEST_NAME + 1)}",
    ),
    "white space and controls": (
        f" {GOOD}",
        f"{GOOD} ",
        f"{GOOD}\n",
        f"{GOOD}\x1b[2J",
        f"{GOOD}?a\nb",
        "https://www.linked\tin.com/in/dana-lee",
        "https://www.linkedin.com/in/dana-lee\x00",
        "\ufeffhttps://www.linkedin.com/in/dana-lee",
    ),
}

letters = st.characters(categories=("L", "M", "N")) | st.sampled_from("-_")
names = st.text(letters, min_size=1, max_size=LONGEST_NAME)
hosts = st.sampled_from(("", "www.", "de.", "UK."))
tails = st.sampled_from(("", "/", "?trk=x", "/?trk=x#top", "#top"))


@pytest.mark.parametrize(("url", "name"), PROFILES.items())
def test_profiles_are_read(url: str, name: str) -> None:
    assert member_name(url) == name


@pytest.mark.parametrize("url", [url for urls in REFUSED.values() for url in urls])
def test_everything_else_is_refused_in_one_line_that_can_be_shown(url: str) -> None:
    with pytest.raises(InputError) as refusal:
        member_name(url)
    said = str(refusal.value)
    assert said.endswith(
        " is no LinkedIn profile: write it like https://www.linkedin.com/in/dana-lee"
    )
    assert said.isascii()
    assert said.isprintable()


def test_a_look_alike_shows_in_the_refusal() -> None:
    with pytest.raises(InputError, match=r"https://l\\u0131nkedin\.com/in/dana"):
        member_name("https://l\u0131nkedin.com/in/dana")


@given(hosts, names, tails)
def test_any_name_is_read_as_it_is_and_percent_encoded(host: str, name: str, tail: str) -> None:
    for written in (name, quote(name)):
        assert member_name(f"https://{host}linkedin.com/in/{written}{tail}") == name


@given(names)
@example("jörg")
def test_the_pages_carry_the_name_and_nothing_else(name: str) -> None:
    assert (profile_page(name) + messaging_page(name)).isascii()
    profile, messaging = urlsplit(profile_page(name)), urlsplit(messaging_page(name))
    assert {page.scheme for page in (profile, messaging)} == {"https"}
    assert {page.netloc for page in (profile, messaging)} == {"www.linkedin.com"}
    assert unquote(profile.path) == f"/in/{name}/"
    assert (profile.query, profile.fragment, messaging.fragment) == ("", "", "")
    assert messaging.path == "/messaging/compose/"
    assert parse_qs(messaging.query, strict_parsing=True) == {"recipient": [name]}


@given(st.integers(0, len(GOOD)), st.integers(0, 3), st.text(max_size=4))
@example(len("https://"), 0, "a@")
@example(len("https://www.linkedin.com"), 0, ":1")
def test_whatever_is_spliced_into_a_profile_only_profiles_are_opened(
    start: int, removed: int, inserted: str
) -> None:
    url = GOOD[:start] + inserted + GOOD[start + removed :]
    try:
        name = member_name(url)
    except InputError:
        return
    address = urlsplit(url)
    assert address.scheme == "https"
    assert re.fullmatch(r"(?:(?:www|[A-Za-z]{2})\.)?linkedin\.com", address.netloc.lower())
    assert unquote(address.path).rstrip("/") == f"/in/{name}"
    assert not set(name) & set("./?#&=%@:\\ \n")
