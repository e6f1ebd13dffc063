"""What mail systems send back: bounces of many makes, delays, and deliveries confirmed."""

from __future__ import annotations

from followup.mail.classifying import Kind
from mail.post import DANA, ME, OURS, Sample, mail, multipart, report

_TO_DANA = "Final-Recipient: rfc822; dana@globex.example"
_UNKNOWN = "Diagnostic-Code: smtp; 550 5.1.1 <dana@globex.example>: User unknown"
_SYSTEM = "Mail Delivery System <MAILER-DAEMON@mail.example>"
_COPY = f"From: {ME}\nTo: {DANA}\nSubject: Backend Engineer\nMessage-ID: {OURS}\n\nHello\n"


def _reported(
    name: str, *fields: str, kind: Kind = Kind.BOUNCE, hard: bool = False, **options: str
) -> Sample:
    return Sample(name=name, kind=kind, raw=report(*fields, **options), hard=hard)


def _told(
    name: str, body: str, *, kind: Kind = Kind.BOUNCE, hard: bool = True, **options: str
) -> Sample:
    given = {"sender": _SYSTEM, "subject": "Delivery failure", **options}
    return Sample(name=name, kind=kind, raw=mail(body, **given), hard=hard)


RETURNED = [
    _reported("Postfix", "Reporting-MTA: dns; mail.example\n", _TO_DANA,
              "Action: failed\nStatus: 5.1.1", _UNKNOWN, auto_submitted="auto-replied"),
    _reported("Sendmail", _TO_DANA, "Action: failed\nStatus: 5.1.2",
              subject="Returned mail: see transcript for details"),
    _reported("Exchange", _TO_DANA, "Action: failed\nStatus: 5.1.10", _UNKNOWN,
              sender="postmaster@globex.example", subject="Undeliverable: Backend Engineer",
              in_reply_to=OURS),
    _reported("Microsoft 365", _TO_DANA, "Action: failed\nStatus: 5.4.1",
              sender="MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@globex.example",
              subject="Undeliverable: Backend Engineer", in_reply_to=OURS),
    _reported("Gmail", _TO_DANA, "Action: failed\nStatus: 5.1.1", _UNKNOWN,
              sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
              subject="Delivery Status Notification (Failure)",
              x_failed_recipients="dana@globex.example", auto_submitted="auto-replied",
              in_reply_to=OURS, references=OURS),
    _reported("gave up after days", _TO_DANA, "Action: failed\nStatus: 4.4.7", hard=True),
    _reported("no action", _TO_DANA, "Status: 5.2.2", hard=True),
    _reported("no fields at all", "", text="It could not be delivered.", hard=True),
    _reported("only one of two", "Final-Recipient: rfc822; a@globex.example\nAction: delivered\n"
              "Status: 2.0.0\n", _TO_DANA, "Action: failed\nStatus: 5.1.1", hard=True),
    _reported("original taken away", _TO_DANA, "Action: failed\nStatus: 5.1.1", original="",
              hard=True),
    _reported("sender with a name of its own", _TO_DANA, "Action: failed\nStatus: 5.7.1",
              sender="Globex Security <filter@globex.example>", subject="Blocked", hard=True),
    _reported("in German", _TO_DANA, "Action: failed\nStatus: 5.1.1",
              subject="Unzustellbar: Backend Engineer", text="Nicht zugestellt.", hard=True),
    _reported("late", _TO_DANA, "Action: delayed\nStatus: 4.4.1", kind=Kind.DELAYED,
              subject="Delayed Mail (still being retried)"),
    _reported("late, no action", _TO_DANA, "Status: 4.2.2", kind=Kind.DELAYED, hard=True),
    _reported("late, Gmail", _TO_DANA, "Action: delayed\nStatus: 4.2.1", kind=Kind.DELAYED,
              subject="Delivery Status Notification (Delay)",
              x_failed_recipients="dana@globex.example", hard=True),
    _reported("late, Exchange", _TO_DANA, "Action: delayed\nStatus: 4.4.7", kind=Kind.DELAYED,
              sender="postmaster@globex.example", subject="Delivery delayed: Backend", hard=True),
    _reported("delivered", _TO_DANA, "Action: delivered\nStatus: 2.1.5", kind=Kind.DELIVERED,
              subject="Successful Mail Delivery Report", hard=True),
    _reported("relayed", _TO_DANA, "Action: relayed\nStatus: 2.0.0", kind=Kind.DELIVERED,
              subject="Relayed: Backend Engineer", hard=True),
    _told("Gmail in words",
          "Delivery to the following recipient failed permanently:\n\n     dana@globex.example\n\n"
          "Technical details of permanent failure:\nThe email account that you tried to reach"
          f" does not exist.\n550 5.1.1\n\n----- Original message -----\n\n{_COPY}",
          sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
          subject="Delivery Status Notification (Failure)"),
    _told("Gmail, address not found",
          "** Address not found **\n\nYour message wasn't delivered to dana@globex.example because"
          " the address couldn't be found.\n\n550 5.1.1 no such user", in_reply_to=OURS),
    _told("qmail",
          "Hi. This is the qmail-send program at mail.example.\nI'm afraid I wasn't able to deliver"
          " your message to the following addresses.\nThis is a permanent error; I've given up."
          "\n\n<dana@globex.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
          f"--- Below this line is a copy of the message.\n\nReturn-Path: <x>\n{_COPY}",
          subject="failure notice"),
    _told("Exim",
          "This message was created automatically by mail delivery software.\n\nA message that you"
          " sent could not be delivered to one or more of its\nrecipients. This is a permanent"
          " error. The following address(es) failed:\n\n  dana@globex.example\n    Unrouteable"
          f" address\n\n------ This is a copy of the message. ------\n\n{_COPY}",
          subject="Mail delivery failed: returning message to sender",
          x_failed_recipients="dana@globex.example", auto_submitted="auto-replied"),
    _told("Exim, late",
          "This message was created automatically by mail delivery software.\nA message that you"
          " sent has not yet been delivered to one or more of its\nrecipients after more than 24"
          " hours on the queue.\n\nNo action is required on your part.",
          subject="Warning: message 1abc-00 delayed 24 hours", kind=Kind.DELAYED,
          auto_submitted="auto-replied"),
    _told("Sendmail, late",
          "    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND"
          " YOUR MESSAGE  **\n\nWarning: message still undelivered after 4 hours\nWill keep trying"
          " until message is 5 days old", subject="Warning: could not send for past 4 hours",
          kind=Kind.DELAYED),
    _told("Gmail, late in words",
          "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to"
          " dana@globex.example. Gmail will retry for 47 more hours.",
          subject="Delivery Status Notification (Delay)", kind=Kind.DELAYED),
    _told("Yahoo",
          "Sorry, we were unable to deliver your message to the following address.\n\n"
          "<dana@globex.example>:\n554: delivery error: This user doesn't have an account",
          sender="MAILER-DAEMON@yahoo.example", subject="Failure Notice"),
    _told("Exchange of old",
          "Your message did not reach some or all of the intended recipients.\n\n"
          "dana@globex.example\nThe e-mail account does not exist at the organization.\n"
          "<mail.globex.example #5.1.1>", sender="System Administrator <postmaster@globex.example>",
          subject="Undeliverable: Backend Engineer"),
    _told("no return path, from a person's name",
          "Your message could not be delivered: 550 5.7.1 rejected by policy.",
          sender="Globex Mail Security <security@globex.example>", return_path="<>",
          subject="Message rejected: Undeliverable"),
    _told("content class alone", "Mailbox unavailable.", sender="mail@globex.example",
          content_class="urn:content-classes:dsn", subject="Backend Engineer"),
    _told("mailbox full",
          "The following message could not be delivered: mailbox full, over quota (5.2.2).",
          subject="Mail System Error - Returned Mail"),
    _told("GMX, German",
          "Diese Nachricht wurde automatisch erstellt.\nEine E-Mail, die Sie versendet haben,"
          " konnte nicht an alle Empfänger zugestellt werden.\n\n<dana@globex.example>: 550"
          " Requested action not taken: mailbox unavailable",
          subject="Mail delivery failed: returning message to sender"),
    _told("French",
          "Votre message n'a pas pu être remis à dana@globex.example : adresse introuvable.",
          subject="Échec de la remise"),
    _told("Spanish",
          "No se pudo entregar el mensaje a dana@globex.example: el buzón no existe.",
          subject="No se puede entregar: Backend Engineer"),
    Sample(name="original attached, no report", kind=Kind.BOUNCE, hard=True, raw=multipart(
        ("text/plain", "Delivery failed: user unknown."), ("message/rfc822", _COPY),
        sender=_SYSTEM, subject="Undeliverable mail")),
    Sample(name="report within other parts", kind=Kind.BOUNCE, hard=True, raw=mail(
        "--out\nContent-Type: text/plain\n\nScanned.\n--out\nContent-Type: multipart/report;"
        ' report-type=delivery-status; boundary="in"\n\n--in\nContent-Type: text/plain\n\nNo.\n'
        f"--in\nContent-Type: message/delivery-status\n\n\n{_TO_DANA}\nAction: failed\n"
        "Status: 5.1.1\n--in--\n--out--",
        kind='multipart/mixed; boundary="out"', sender=_SYSTEM, subject="Failure")),
]  # fmt: skip
