"""Answers as calendars send them, made up of what Outlook, Gmail and Apple's Calendar write."""

OUTLOOK = """\
Return-Path: <{sender}>
From: "Esimerkki, Aino" <{sender}>
To: Sihteeristö <{organizer}>
Subject: =?utf-8?B?SHlsw6R0dHk6IFdlYmluYWFyaQ==?=
Message-ID: <AS8PR01MB1234{number}@AS8PR01MB1234.eurprd01.prod.example>
X-MS-Has-Attach:
X-MS-Exchange-Organization-SCL: 1
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="_000_AS8PR01MB_"

--_000_AS8PR01MB_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

VmFsaXRldHRhdmFzdGkgZW4gcMOkw6RzZS4=

--_000_AS8PR01MB_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: 8bit

BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:FLE Standard Time
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ORGANIZER;CN=Sihteeristö:mailto:{organizer}
ATTENDEE;PARTSTAT={answer};CN="Esimerkki, Aino":MAILTO:{attendee}
COMMENT;LANGUAGE=fi-FI:Valitettavasti en pääse.\\n
UID:{uid}
SUMMARY;LANGUAGE=fi-FI:Hylätty: Webinaari
DTSTART;TZID=FLE Standard Time:20300910T090000
DTEND;TZID=FLE Standard Time:20300910T100000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261127T200000Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{sequence}
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
END:VCALENDAR

--_000_AS8PR01MB_--
"""

GMAIL = """\
MIME-Version: 1.0
Reply-To: Aino Esimerkki <{sender}>
Sender: Google Calendar <calendar-notification@google.example>
Message-ID: <calendar-{number}@google.example>
From: Aino Esimerkki <{sender}>
To: {organizer}
Subject: Declined: Webinaari
Content-Type: multipart/mixed; boundary="000000000000a1"

--000000000000a1
Content-Type: multipart/alternative; boundary="000000000000a2"

--000000000000a2
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes

Aino Esimerkki has declined this invitation.
--000000000000a2
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20300910T060000Z
DTEND:20300910T070000Z
DTSTAMP:20261127T200000Z
ORGANIZER;CN=Secretariat:mailto:{organizer}
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};
 CN=Aino Esimerkki;X-NUM-GUESTS=0:mailto:{attendee}
X-MICROSOFT-CDO-OWNERAPPTID:-1234567890
CREATED:20261101T080000Z
LAST-MODIFIED:20261127T200000Z
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Webinaari
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR

--000000000000a2--
--000000000000a1
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

QkVHSU46VkNBTEVOREFS

--000000000000a1--
"""

APPLE = """\
From: Aino Esimerkki <{sender}>
To: {organizer}
Message-Id: <{number}-5B1E-4D43@example.fi>
Subject: Aino Esimerkki declined: Webinaari
Mime-Version: 1.0 (Mac OS X Mail 16.0)
Content-Type: text/calendar; method=REPLY; charset=UTF-8; component=VEVENT
Content-Transfer-Encoding: quoted-printable

BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 14.5//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN=3D"Aino Esimerkki";CUTYPE=3DINDIVIDUAL;PARTSTAT=3D{answer};EMAI=
L=3D"{attendee}":mailto:{attendee}
DTEND;TZID=3DEurope/Helsinki:20300910T100000
DTSTAMP:20261127T200000Z
DTSTART;TZID=3DEurope/Helsinki:20300910T090000
ORGANIZER;CN=3D"Sihteerist=C3=B6":mailto:{organizer}
SEQUENCE:{sequence}
SUMMARY:Webinaari
UID:{uid}
END:VEVENT
END:VCALENDAR
"""

SHAPES = {"outlook": OUTLOOK, "gmail": GMAIL, "apple": APPLE}


def reply(
    shape: str,
    *,
    organizer: str,
    attendee: str,
    uid: str,
    answer: str = "DECLINED",
    sender: str = "",
    sequence: int = 0,
    number: int = 1,
) -> bytes:
    """A mail in the shape of a client, with the lines that end as they do in mails."""
    text = SHAPES[shape].format(
        organizer=organizer, attendee=attendee, uid=uid, answer=answer, sender=sender or attendee,
        sequence=sequence, number=number,
    )  # fmt: skip
    return text.replace("\n", "\r\n").encode()
