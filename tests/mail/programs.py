"""What programs write by themselves: absences, receipts, newsletters, plain and hard to tell."""

from __future__ import annotations

from followup.mail.classifying import Kind
from mail.post import DANA, OURS, Sample, mail, report

_AWAY = (
    "I am out of the office until 16 March. In urgent cases please contact office@globex.example."
)
_WEG = "Ich bin bis zum 16. März nicht im Büro. In dringenden Fällen: buero@globex.example."
_GOT = "Thank you for applying to Globex. We have received your application and will review it."


def _away(name: str, body: str = _AWAY, *, hard: bool = False, **options: str) -> Sample:
    return Sample(name=name, kind=Kind.AUTO_REPLY, raw=mail(body, **options), hard=hard)


def _received(name: str, body: str = _GOT, *, hard: bool = False, **options: str) -> Sample:
    given = {"subject": "Your application", "sender": "Globex <no-reply@globex.example>", **options}
    return Sample(name=name, kind=Kind.ACKNOWLEDGMENT, raw=mail(body, **given), hard=hard)


def _bulk(name: str, body: str, *, hard: bool = False, **options: str) -> Sample:
    return Sample(name=name, kind=Kind.BULK, raw=mail(body, **options), hard=hard)


AWAY = [
    _away("RFC 3834", auto_submitted="auto-replied", in_reply_to=OURS),
    _away("RFC 3834, with words behind", auto_submitted='auto-replied; owner-email="d@x.example"'),
    _away("RFC 3834, in capitals", auto_submitted="AUTO-REPLIED (vacation)", hard=True),
    _away("X-Autoreply", x_autoreply="yes"),
    _away("X-Autorespond", x_autorespond="Backend Engineer"),
    _away("X-Auto-Reply-From", x_autoreply_from="dana@globex.example"),
    _away("X-Mail-Autoreply", x_mail_autoreply="1", hard=True),
    _away("Precedence: auto_reply", precedence="auto_reply"),
    _away(
        "Unix vacation",
        precedence="bulk",
        subject="away from my mail",
        auto_submitted="auto-replied (vacation)",
    ),
    _away("Unix vacation, old", precedence="junk", in_reply_to=OURS, hard=True),
    _away(
        "Gmail",
        precedence="bulk",
        x_autoreply="yes",
        auto_submitted="auto-replied",
        in_reply_to=OURS,
        references=OURS,
        hard=True,
    ),
    _away(
        "iCloud, in our thread",
        "Hi,\n\nI'm on vacation and will answer when I return on Monday.",
        auto_submitted="auto-replied",
        in_reply_to=OURS,
        references=OURS,
        hard=True,
    ),
    _away(
        "Exchange",
        subject="Automatic reply: Backend Engineer",
        auto_submitted="auto-generated",
        x_auto_response_suppress="All",
        in_reply_to=OURS,
        x_ms_exchange_inbox_rules_loop="dana@globex.example",
    ),
    _away("Exchange, its rule alone", x_ms_exchange_inbox_rules_loop="Dana@globex.example"),
    _away(
        "Microsoft 365",
        subject="Automatic reply: Backend Engineer",
        auto_submitted="auto-generated",
        x_ms_exchange_generated_message_source="Mailbox Rules Agent",
        return_path="<>",
    ),
    _away("Exchange, headers lost", subject="Automatic reply: Backend Engineer", hard=True),
    _away(
        "Exchange, German",
        _WEG,
        subject="Automatische Antwort: Backend Engineer",
        x_auto_response_suppress="All",
    ),
    _away("Notes, German", _WEG, subject="Abwesenheitsnotiz", hard=True),
    _away(
        "German, in our thread, hint alone", _WEG, in_reply_to=OURS, precedence="bulk", hard=True
    ),
    _away(
        "French",
        "Je suis absente jusqu'au 16 mars. En cas d'urgence, contactez accueil@globex.example.",
        subject="Réponse automatique : Backend Engineer",
    ),
    _away(
        "French, encoded subject",
        "Je suis actuellement en congés.",
        subject="=?iso-8859-1?Q?R=E9ponse_automatique=A0:_Backend?=",
        hard=True,
    ),
    _away(
        "Spanish",
        "Estoy fuera de la oficina hasta el 16 de marzo con acceso limitado al correo.",
        subject="Respuesta automática: Backend Engineer",
    ),
    _away("Italian", "Sono in ferie.", subject="Risposta automatica: Backend Engineer", hard=True),
    _away("Dutch", "Ik ben afwezig.", subject="Automatisch antwoord: Backend", hard=True),
    _away("Polish", "Jestem na urlopie.", subject="Automatyczna odpowiedź: Backend", hard=True),
    _away("Japanese", "不在です。", subject="自動返信: Backend Engineer", hard=True),
    _away("no header, words alone", subject="Re: Backend Engineer", hard=True),
    _away(
        "no header, parental leave",
        "I am currently on parental leave and will be back on 1 September. Please contact"
        " bo@globex.example in my absence.",
        hard=True,
    ),
    _away("no header, Out of Office", subject="Out of Office: Backend Engineer", hard=True),
    _away(
        "has left the firm",
        "Dana Lee is no longer with Globex. Please contact hr@globex.example.",
        auto_submitted="auto-replied",
        hard=True,
    ),
    _away(
        "asks something itself",
        "I'm away. Urgent? Call the office.",
        auto_submitted="auto-replied",
        hard=True,
    ),
    _away(
        "speaks of candidates",
        "Due to the number of other candidates it may take a while to answer.",
        x_autorespond="yes",
        hard=True,
    ),
    _away("help desk", "Your request 4711 was received.", x_autoreply="true", hard=True),
    _away("older Exchange", message_class="IPM.Note.Rules.OofTemplate.Microsoft", hard=True),
]

RECEIVED = [
    _received("plain"),
    _received(
        "RFC 3834", sender="Globex Jobs <jobs@globex.example>", auto_submitted="auto-generated"
    ),
    _received(
        "as an answer of a program",
        sender="Globex Jobs <jobs@globex.example>",
        auto_submitted="auto-replied",
        in_reply_to=OURS,
        hard=True,
    ),
    _received("Greenhouse", f"Hi Sam,\n\n{_GOT}", sender="Globex <no-reply@us.greenhouse-mail.io>"),
    _received("Lever", sender="Globex <no-reply@hire.lever.co>"),
    _received(
        "Workday",
        "Your application has been submitted.",
        sender="globex@myworkday.com",
        auto_submitted="auto-generated",
    ),
    _received(
        "speaks of interviews to come",
        f"{_GOT} If your profile fits, we will invite you to an interview.",
        hard=True,
    ),
    _received(
        "speaks of rejections to come",
        f"{_GOT} If you are not selected, we will keep your resume on file.",
        hard=True,
    ),
    _received(
        "cannot answer everyone",
        f"{_GOT} Unfortunately we cannot reply to every applicant individually.",
        hard=True,
    ),
    _received(
        "with a way to unsubscribe",
        sender="Globex <notifications@smartrecruiters.com>",
        list_unsubscribe="<https://x.example/u>",
        hard=True,
    ),
    _received("from a department, unmarked", sender="Globex <jobs@globex.example>", hard=True),
    _received("thanks alone", "Thanks for applying! We will be in touch.", hard=True),
    _received(
        "German",
        "vielen Dank für Ihre Bewerbung. Wir haben Ihre Unterlagen erhalten und prüfen sie.",
        sender="Globex <bewerbung@globex.example>",
        subject="Eingangsbestätigung",
    ),
    _received(
        "German, Personio",
        "Hallo Sam,\n\ndeine Bewerbung ist bei uns eingegangen. Sollten wir dich kennenlernen"
        " wollen, melden wir uns.",
        sender="Globex <no-reply@globex.jobs.personio.de>",
        hard=True,
    ),
    _received(
        "French", "Nous avons bien reçu votre candidature et allons l'étudier avec attention."
    ),
    _received("Spanish", "Hemos recibido tu candidatura. La revisaremos en los próximos días."),
    _received(
        "board",
        "Your application was sent to Globex.",
        sender="LinkedIn <jobs-noreply@linkedin.com>",
        subject="Sam, your application was sent to Globex",
        list_unsubscribe="<https://x.example/u>",
        hard=True,
    ),
]

TO_MANY = [
    _bulk(
        "newsletter",
        "Our news of March.",
        subject="Globex News",
        sender="Globex <news@globex.example>",
        list_unsubscribe="<mailto:u@globex.example>",
    ),
    _bulk(
        "list", "Digest 12", subject="[py] Digest", list_id="<py.list.example>", precedence="list"
    ),
    _bulk(
        "job alert",
        "12 new jobs for Backend Engineer in Berlin",
        subject="12 new jobs for you",
        sender="Indeed <alert@indeed.com>",
        list_unsubscribe="<https://x.example>",
    ),
    _bulk(
        "job alert, German",
        "Neue Stellen für Sie",
        subject="Ihr Suchagent: 5 neue Jobs in Berlin",
        sender="StepStone <jobagent@stepstone.de>",
    ),
    _bulk(
        "job alert, unmarked",
        "Globex is hiring",
        subject="Recommended for you",
        sender="Jobs <jobs-listings@linkedin.com>",
        hard=True,
    ),
    _bulk(
        "advice on rejections",
        "How to answer when they have decided to move forward with other candidates.",
        subject="Rejected? What now",
        sender="Career Coach <hello@coach.example>",
        list_unsubscribe="<https://x.example>",
        hard=True,
    ),
    _bulk(
        "webinar with a link to book",
        "Book your slot: choose a time for the call that suits you.",
        subject="Webinar",
        list_unsubscribe="<https://x.example>",
        hard=True,
    ),
    _bulk(
        "code to log in",
        "Your code is 123456.",
        subject="Verify your address",
        sender="Globex <noreply@globex.example>",
        hard=True,
    ),
    _bulk(
        "survey",
        "How did you like our process?",
        subject="Your opinion",
        sender="Globex <do-not-reply@globex.example>",
        hard=True,
    ),
    _bulk(
        "notice of a program",
        "Backup done.",
        subject="Job 12",
        sender="root <root@globex.example>",
        auto_submitted="auto-generated",
    ),
    Sample(
        name="complaint report",
        kind=Kind.BULK,
        raw=report("Feedback-Type: abuse", about="feedback-report", subject="Abuse report"),
        hard=True,
    ),
]

RECEIPTS = [
    Sample(
        name="read",
        kind=Kind.RECEIPT,
        raw=report(
            f"Final-Recipient: rfc822; dana@globex.example\nOriginal-Message-ID: {OURS}",
            "Disposition: manual-action/MDN-sent-manually; displayed",
            about="disposition-notification",
            sender=DANA,
            subject="Read: Backend Engineer",
            text="Your message was read.",
        ),
        hard=True,
    ),
    Sample(
        name="deleted unread",
        kind=Kind.RECEIPT,
        raw=report(
            f"Final-Recipient: rfc822; dana@globex.example\nOriginal-Message-ID: {OURS}",
            "Disposition: automatic-action/MDN-sent-automatically; deleted",
            about="disposition-notification",
            sender=DANA,
            subject="Not read: Backend Engineer",
            text="Your message was deleted without being read. It could not be delivered.",
        ),
        hard=True,
    ),
    Sample(
        name="read, by postmaster",
        kind=Kind.RECEIPT,
        raw=report(
            "Disposition: automatic-action/MDN-sent-automatically; processed",
            about="disposition-notification",
            sender="postmaster@globex.example",
            subject="Return Receipt (processed) - Backend Engineer",
            original="",
        ),
        hard=True,
    ),
]

PROGRAMS = [*AWAY, *RECEIVED, *TO_MANY, *RECEIPTS]
