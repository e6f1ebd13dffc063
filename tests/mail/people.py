"""What people write: answers, rejections and invitations, plain and hard to tell."""

from __future__ import annotations

from followup.mail.classifying import Kind
from mail.post import OURS, Sample, mail, multipart

_QUOTE = """
On Mon, 9 Mar 2026 at 15:02, Sam Poe <sam.poe@mail.example> wrote:
> Unfortunately I am out of the office, but thank you for your application form.
> We have decided to move forward with other candidates.
"""
_OUTLOOK = """
Von: Sam Poe <sam.poe@mail.example>
Gesendet: Montag, 9. März 2026 15:02
An: Dana Lee <dana@globex.example>
Betreff: Backend Engineer

Vielen Dank für Ihre Bewerbung, wir haben uns für andere Kandidaten entschieden.
"""
_REQUEST = """
BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
UID:1@globex.example
DTSTART:20260318T140000Z
DTEND:20260318T150000Z
SUMMARY:Interview
END:VEVENT
END:VCALENDAR
"""


def _answer(name: str, body: str, *, hard: bool = False, **options: str) -> Sample:
    given = {"in_reply_to": OURS, **options}
    return Sample(name=name, kind=Kind.REPLY, raw=mail(body, **given), hard=hard)


def _rejection(name: str, body: str, *, hard: bool = False, **options: str) -> Sample:
    return Sample(name=name, kind=Kind.REJECTION, raw=mail(body, **options), hard=hard)


def _invitation(name: str, body: str, *, hard: bool = False, **options: str) -> Sample:
    return Sample(name=name, kind=Kind.INVITATION, raw=mail(body, **options), hard=hard)


ANSWERS = [
    _answer("plain", "Hi Sam,\n\nThanks for the nudge. We decide by Friday.\n\nDana"),
    _answer("above a quotation", f"Hi Sam,\nstill looking into it.\n{_QUOTE}", hard=True),
    _answer("above Outlook's quotation", f"Hallo Sam,\nich melde mich.\n{_OUTLOOK}", hard=True),
    _answer("below a quotation", f"{_QUOTE}\nStill with the team, sorry!", hard=True),
    _answer("German", "Guten Tag Herr Poe,\n\nwir melden uns bis Freitag.\n\nDana Lee"),
    _answer("French", "Bonjour,\n\nNous reviendrons vers vous vendredi.\n\nDana"),
    _answer("Spanish", "Hola Sam:\n\nTe digo algo el viernes.\n\nUn saludo"),
    _answer("without a thread", "Hi Sam, got your note. More soon.", in_reply_to="", subject="Hi"),
    _answer(
        "was out of the office",
        "Hi Sam,\n\nSorry for the delay, I was out of the office last week."
        " Could you send me your notice period?\n\nDana",
        hard=True,
    ),
    _answer(
        "will be out of the office",
        "Sam, I'm out of the office until Thursday, so let me come back to you then. Is that okay?",
        hard=True,
    ),
    _answer(
        "away, by name, no header",
        "Hi Sam,\n\nI'm on vacation until Monday. The team liked you; more when I'm back.\n\nDana",
        hard=True,
    ),
    _answer(
        "subject about being away",
        "Quick heads-up that I leave on Friday. Can we talk before?",
        subject="Out of office next week",
        hard=True,
    ),
    _answer(
        "answers our automatic reply",
        "No problem, enjoy your holiday! Talk next week.",
        subject="Re: Automatic reply: Backend Engineer",
        hard=True,
    ),
    _answer("unfortunately a day", "Unfortunately Tuesday doesn't work for us, sorry.", hard=True),
    _answer(
        "other candidates still",
        "Hi Sam,\n\nwe're still interviewing other candidates and will decide next week.",
        hard=True,
    ),
    _answer(
        "delayed decision",
        "Unfortunately the hiring manager is ill, so the decision is delayed.",
        hard=True,
    ),
    _answer("they are glad", "Great news: we decided to move forward with you!", hard=True),
    _answer(
        "has the documents",
        "Hi Sam, I have received your application, thanks! I'll read it tonight. Dana",
        hard=True,
    ),
    _answer(
        "Exchange asks for no automatic answers",
        "Hi Sam, thanks, noted.",
        x_auto_response_suppress="DR, RN, NRN, OOF, AutoReply",
        x_ms_has_attach="",
        hard=True,
    ),
    _answer("says it is no program", "Thanks Sam, noted.", auto_submitted="no", hard=True),
    _answer(
        "forwarded by our own rule",
        "Thanks Sam, noted.",
        x_ms_exchange_inbox_rules_loop="sam.poe@mail.example",
        hard=True,
    ),
    _answer(
        "through a list of the firm",
        "Hi Sam, thanks for asking. We decide on Friday.",
        sender="Dana Lee <jobs@globex.example>",
        list_id="Jobs <jobs.globex.example>",
        precedence="list",
        hard=True,
    ),
    _answer(
        "through a tracking system",
        "Hi Sam,\n\nCould you tell me your salary expectations?\n\nDana",
        sender="Dana Lee <no-reply@us.greenhouse-mail.io>",
        reply_to="Dana Lee <reply+abc123@greenhouse-mail.io>",
        in_reply_to="",
        subject="Your salary expectations",
        hard=True,
    ),
    _answer(
        "through a tracking system, person's own tag",
        "Hi Sam,\n\nthe team needs another week, bear with us.\n\nDana",
        sender="Dana Lee <dana+4711@hire.lever.co>",
        subject="Quick update",
        in_reply_to="",
        hard=True,
    ),
    _answer(
        "from a department",
        "Hello Sam,\n\nyour documents are with the head of engineering now.",
        sender="Globex HR <hr@globex.example>",
        in_reply_to="",
        subject="Your question",
    ),
    _answer(
        "with the footer of a newsletter tool",
        "Hi Sam, I am on it. Dana",
        list_unsubscribe="<https://tool.example/u>",
        hard=True,
    ),
    _answer("without words", "", hard=True),
    _answer("three words", "Call me tomorrow."),
    _answer(
        "fixed bug about bounces",
        "Your link gave me 'delivery failed', can you send the file again?",
        subject="Delivery failed?",
        hard=True,
    ),
    _answer(
        "forwards a bounce",
        "Look what I got when I wrote to you. Other address?\n\n"
        "---------- Forwarded message ---------\nFrom: Mail Delivery <mailer-daemon@x.example>\n"
        "550 5.1.1 user unknown",
        subject="Fwd: Undelivered Mail Returned to Sender",
        hard=True,
    ),
    _answer(
        "by a board's relay",
        "Hi Sam, thanks for reaching out. Let me ask the team.",
        sender="Dana Lee <inmail-hit-reply@linkedin.com>",
        subject="RE: Backend Engineer",
        hard=True,
    ),
    Sample(
        name="accepts our invitation",
        kind=Kind.REPLY,
        raw=multipart(
            ("text/plain", "Dana Lee has accepted."),
            ("text/calendar; method=REPLY", _REQUEST.replace("REQUEST", "REPLY")),
            subject="Accepted: call",
        ),
        hard=True,
    ),
    Sample(
        name="HTML alone, with a quotation",
        kind=Kind.REPLY,
        raw=mail(
            "<style>p{}</style><p>Hi Sam,</p><p>more on Friday.</p><div class='gmail_quote'>"
            "<blockquote>we decided to move forward with other candidates</blockquote></div>",
            kind="text/html; charset=utf-8",
        ),
        hard=True,
    ),
    Sample(
        name="HTML by Outlook, with the older mail below",
        kind=Kind.REPLY,
        raw=mail(
            "<p>Thanks, noted.</p><div id='divRplyFwdMsg'><b>From:</b> Sam</div>"
            "<p>Automatic reply: I am out of the office until Monday, urgent contact Bo.</p>",
            kind="text/html",
        ),
        hard=True,
    ),
]

REJECTIONS = [
    _rejection(
        "plain",
        "Dear Sam,\n\nAfter careful consideration we have decided to move forward with other"
        " candidates.\n\nBest of luck in your search.",
    ),
    _rejection("short", "Hi Sam, we won't be moving forward with your application. Sorry! Dana"),
    _rejection("filled", "Hi Sam, the position has been filled. Thanks for your patience."),
    _rejection("someone else", "Hi Sam, in the end we went with someone who knows Rust. Dana"),
    _rejection("not selected", "We regret to inform you that you have not been selected."),
    _rejection(
        "soft",
        "Hi Sam,\n\nunfortunately this isn't the outcome you hoped for. I wish you all the best"
        " for your search.",
        hard=True,
    ),
    _rejection(
        "from a tracking system",
        "Hi Sam,\n\nThank you for applying to Globex. Unfortunately, we will not be proceeding"
        " with your application at this time. We'll keep your resume on file.",
        sender="Globex Recruiting <no-reply@greenhouse.io>",
        auto_submitted="auto-generated",
        subject="Your application to Globex",
        hard=True,
    ),
    _rejection(
        "with a way to unsubscribe",
        "Hello,\n\nThank you for your interest in Globex. We have chosen to pursue other"
        " candidates whose experience more closely matches our needs.",
        sender="Globex <notification@smartrecruiters.com>",
        list_unsubscribe="<https://x.example/u>",
        subject="Update on your application",
        hard=True,
    ),
    _rejection(
        "German",
        "Sehr geehrter Herr Poe,\n\nleider müssen wir Ihnen mitteilen, dass wir uns für einen"
        " anderen Bewerber entschieden haben.",
    ),
    _rejection(
        "German, soft",
        "Hallo Sam,\n\nleider können wir dich im weiteren Verfahren nicht berücksichtigen."
        " Für deine Zukunft alles Gute!",
        sender="Globex <no-reply@globex.jobs.personio.de>",
        subject="Deine Bewerbung",
        hard=True,
    ),
    _rejection("German, filled", "Guten Tag, die Stelle wurde inzwischen besetzt. Viele Grüße"),
    _rejection(
        "French",
        "Bonjour,\n\nNous avons le regret de vous informer que votre candidature n'a pas été"
        " retenue.\n\nBonne continuation.",
    ),
    _rejection(
        "French, soft",
        "Bonjour, malheureusement nous ne pouvons donner une suite favorable à votre candidature.",
        hard=True,
    ),
    _rejection(
        "Spanish",
        "Hola Sam: lamentablemente hemos decidido continuar con otros candidatos. ¡Suerte!",
    ),
    _rejection(
        "Spanish, soft",
        "Estimado Sam, en esta ocasión tu candidatura no ha sido seleccionada.",
        hard=True,
    ),
    _rejection(
        "curly quotation marks",
        "Hi Sam, we’ve decided not to proceed at this stage. It wasn’t an easy call.",
        hard=True,
    ),
    _rejection(
        "in HTML",
        "<table><tr><td>Dear Sam,</td></tr><tr><td>we have <b>decided</b> to pursue\n other"
        " <i>candidates</i>.</td></tr></table>",
        kind="text/html; charset=utf-8",
        hard=True,
    ),
]

INVITATIONS = [
    _invitation("plain", "Hi Sam,\n\nwe'd like to invite you to an interview. Which days suit?"),
    _invitation("call", "Hi Sam, are you available for a call on Tuesday at 10?"),
    _invitation(
        "link to choose a time",
        "Hi Sam, please pick a time: https://calendly.com/dana-globex/30min",
    ),
    _invitation(
        "from a tracking system",
        "Hi Sam,\n\nThank you for applying! We would like to schedule a video call with you."
        " Please choose a slot below.",
        sender="Dana Lee <no-reply@ashbyhq.com>",
        subject="Interview with Globex",
        hard=True,
    ),
    _invitation(
        "German",
        "Hallo Sam, wir möchten Sie gerne zu einem Vorstellungsgespräch einladen. Passt Dienstag?",
    ),
    _invitation(
        "French", "Bonjour Sam, nous souhaitons vous rencontrer. Quelles sont vos disponibilités ?"
    ),
    _invitation("Spanish", "Hola Sam, nos gustaría invitarte a una entrevista el martes."),
    _invitation(
        "next round", "Good news! We'd like to invite you to the next round with the team."
    ),
    Sample(
        name="for the calendar",
        kind=Kind.INVITATION,
        raw=multipart(
            ("text/plain", "Interview Backend Engineer"),
            ("text/calendar; method=REQUEST", _REQUEST),
            kind="alternative",
            subject="Invitation: Interview @ Wed 18 Mar",
        ),
    ),
    Sample(
        name="for the calendar, by a program, attached",
        kind=Kind.INVITATION,
        raw=multipart(
            ("text/html", "<p>A new event has been scheduled.</p>"),
            ('application/ics; name="invite.ics"', _REQUEST),
            subject="Confirmed: 30 minutes with Dana",
            sender="Globex <no-reply@calendar.example>",
            auto_submitted="auto-generated",
        ),
        hard=True,
    ),
]

PEOPLE = [*ANSWERS, *REJECTIONS, *INVITATIONS]
