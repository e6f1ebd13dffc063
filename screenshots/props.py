"""What lies about in the pictures: mails that were heard, a file to import, views to keep."""

from __future__ import annotations

VIEWS = {"late": "is:overdue", "remote python": "tag:python tag:remote"}

FILE = """\
Company,Job title,Status,Date applied,Recruiter,Stars
Globex,Backend Engineer,Interviewing,2026-11-11,Dana Lee,4
Kwik-E-Mart,Night Shift Automation,Applied,2026-11-20,Apu Nahasapeemapetilon,3
Duff,Site Reliability Engineer,Rejected,2026-10-02,Duffman,2
Compu-Global-Hyper-Mega-Net,Web Developer,Applied,2026-11-31,Homer,5
"""

_MAIL = """\
From: {sender}
To: Alex Poe <alex@poe.example>
Subject: {subject}
Date: {date}
Message-ID: <{number}@mail.example>
Content-Type: text/plain; charset=utf-8

{body}
"""

MAILS = tuple(
    _MAIL.format(number=number, sender=sender, subject=subject, date=date, body=body)
    for number, (sender, subject, date, body) in enumerate(
        (
            (
                "Dana Lee <dana@globex.example>",
                "Your visit on Wednesday",
                "Thu, 26 Nov 2026 09:12:00 +0100",
                "Dear Alex,\n\nthank you for coming in. Could we schedule a last interview\n"
                "with our founder next week?\n\nBest wishes,\nDana",
            ),
            (
                "Talent Team <talent@cyberdyne.example>",
                "Your application at Cyberdyne",
                "Thu, 26 Nov 2026 11:40:00 +0100",
                "Dear Alex,\n\nunfortunately we will not be moving forward with your application.\n"
                "\nThe Talent Team",
            ),
        ),
        start=1,
    )
)
