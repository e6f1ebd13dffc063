"""How text messages are counted, and what the rule says of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.api import Channel, Message, Severity, Verdict
from followup_sms import PhoneText, TwilioText, register_rules
from followup_sms.gsm import GSM_7, UCS_2, segments

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"

gsm_texts = st.text(st.sampled_from(BASIC + EXTENSION), max_size=700)
any_texts = st.one_of(
    gsm_texts,
    st.text(st.sampled_from("aé’👍\u200d€"), max_size=300),
    st.text(max_size=300),
)


def septets(part: str) -> int:
    return len(part) + sum(character in EXTENSION for character in part)


def utf_16_units(part: str) -> int:
    return len(part.encode("utf-16-be")) // 2


def counted(body: str, channel: Channel | None = None) -> list[Verdict]:
    """What the rule says of a body."""
    (rule,) = register_rules()
    return list(rule.review(Message(body=body), None, None, channel or TwilioText(), NOW))


@given(any_texts)
@example("x" * 152 + "€")
@example("x" * 159 + "€")
@example("’" + "x" * 65 + "👍" + "x" * 70)
def test_segments_are_the_text_and_none_is_larger_than_it_may_be(text: str) -> None:
    split = segments(text)
    units = utf_16_units if split.encoding is UCS_2 else septets
    most = split.encoding.alone if len(split.parts) == 1 else split.encoding.joined
    assert "".join(split.parts) == text
    assert all(0 < units(part) <= most for part in split.parts)
    if split.parts:
        assert split.room == most
        assert split.left == most - units(split.parts[-1])


@given(any_texts)
def test_no_segment_has_room_for_what_begins_the_next(text: str) -> None:
    split = segments(text)
    units = utf_16_units if split.encoding is UCS_2 else septets
    for part, following in zip(split.parts, split.parts[1:], strict=False):
        assert units(part + following[0]) > split.encoding.joined


@given(any_texts)
def test_several_segments_only_where_one_is_too_small(text: str) -> None:
    split = segments(text)
    units = utf_16_units if split.encoding is UCS_2 else septets
    assert (len(split.parts) > 1) == (units(text) > split.encoding.alone)


@given(any_texts)
def test_one_character_that_gsm_7_has_not_makes_it_ucs_2(text: str) -> None:
    knows_all = set(text) <= set(BASIC + EXTENSION)
    assert segments(text).encoding is (GSM_7 if knows_all else UCS_2)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("", []),
        ("x" * 160, [160]),
        ("x" * 161, [153, 8]),
        ("x" * 306, [153, 153]),
        ("x" * 307, [153, 153, 1]),
        ("€" * 80, [80]),
        ("€" * 81, [76, 5]),  # 76 pairs are 152 septets: the 153rd takes no half
        ("é" * 160, [160]),
        ("ç" * 70, [70]),
        ("ç" * 71, [67, 4]),
        ("👍" * 35, [35]),
        ("👍" * 36, [33, 3]),  # likewise: 66 units, and no half of a pair
        ("\x1b", [1]),  # the escape itself is no character of GSM-7
    ],
)
def test_segments_at_their_limits(text: str, sizes: list[int]) -> None:
    assert [len(part) for part in segments(text).parts] == sizes


def test_the_alphabet_has_128_places_with_the_escape() -> None:
    assert len(set(BASIC)) == 127
    assert len(set(EXTENSION)) == 10


@pytest.mark.parametrize(
    ("body", "said", "span"),
    [
        ("x" * 119, "1 segment of 160 characters (GSM-7), 41 left.", None),
        ("x" * 265, "2 segments of 153 characters (GSM-7), 41 left.", None),
        ("x" * 158 + "€", "1 segment of 160 characters (GSM-7), 0 left.", None),
        ("It’s", "1 segment of 70 characters (UCS-2 because of ’), 66 left.", (2, 3)),
        ("It’s Dana’s", "1 segment of 70 characters (UCS-2 because of ’), 59 left.", None),
        ("“Hi”", "1 segment of 70 characters (UCS-2 because of “, ”), 66 left.", None),
        ("👍" * 36, "2 segments of 67 characters (UCS-2 because of 👍), 61 left.", None),
        ("a\u00a0b", "1 segment of 70 characters (UCS-2 because of U+00A0), 67 left.", (1, 2)),
        ("u\u0308", "1 segment of 70 characters (UCS-2 because of U+0308), 68 left.", (1, 2)),
        (
            "\u200dçğşı",
            "1 segment of 70 characters (UCS-2 because of U+200D, ç, ğ, 2 more), 65 left.",
            None,
        ),
    ],
)
def test_the_rule_counts_while_it_is_written(
    body: str, said: str, span: tuple[int, int] | None
) -> None:
    for channel in (TwilioText(), PhoneText()):
        assert counted(body, channel) == [
            Verdict(code="sms-segments", severity=Severity.INFO, message=said, span=span)
        ]


def test_more_than_three_segments_are_warned_of() -> None:
    (fits,), (long,) = counted("x" * 459), counted("x" * 460)
    assert fits.severity is Severity.INFO
    assert (long.severity, long.message) == (
        Severity.WARN,
        "4 segments of 153 characters (GSM-7), 152 left: shorten it or write an e-mail.",
    )


def test_what_twilio_does_not_take_is_blocked_and_marked() -> None:
    assert [verdict.severity for verdict in counted("x" * 1600)] == [Severity.WARN]
    block, count = counted("x" * 1650)
    assert block == Verdict(
        code="sms-segments",
        severity=Severity.BLOCK,
        message="Twilio takes 1,600 characters, this has 1,650: cut 50.",
        span=(1600, 1650),
    )
    assert count.severity is Severity.WARN


def test_a_phone_takes_more_than_twilio() -> None:
    (verdict,) = counted("x" * 1650, PhoneText())
    assert verdict.severity is Severity.WARN


def test_other_channels_none_and_empty_texts_are_not_judged() -> None:
    class Letter(PhoneText):
        name = "letter"

    (rule,) = register_rules()
    assert counted("x" * 2000, Letter()) == []
    assert list(rule.review(Message(body="x" * 2000), None, None, None, NOW)) == []
    assert counted("") == []
