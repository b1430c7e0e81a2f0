"""The note that goes with a handed-over book: one page in Vietnamese, to be read, printed and signed."""

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from string import Template

from htx_cli.domain.changes import in_fives
from htx_cli.domain.handover import BOOK, HandedOver
from htx_cli.domain.progress import concerned
from htx_cli.domain.report import Report
from htx_cli.output.layout import Notes, clean
from htx_cli.output.wording.due import alliance
from htx_cli.output.wording.handover import still_open
from htx_cli.output.wording.report import leader_line, titles
from htx_cli.text.words import number, shown, speaking, t

LANGUAGE = "vi"
_MOST_YEARS = 3  # that are told in full, the latest first
_MOST_ITEMS = 10  # of one kind


def render(handed: HandedOver) -> str:
    """The note as a page of HTML that needs nothing else; every text of the book is escaped."""
    with speaking(LANGUAGE):
        changes = number(Decimal(handed.changes))
        facts = {
            t("Given by"): clean(handed.by),
            t("Received by"): alliance(handed.handover.province),
            t("Day"): shown(handed.handover.handed_on),
            t("Book"): t("{name}, {count} changes", name=BOOK, count=changes),
        }
        names = dict.fromkeys(report.cluster.name for report in handed.reports)
        return _PAGE.substitute(
            language=LANGUAGE,
            title=_text(t("Handing over the emulation book")),
            clusters=_each("p", map(clean, names)),
            facts="".join(
                f"<tr><th>{_text(what)}</th><td>{_text(said)}</td></tr>"
                for what, said in facts.items()
            ),
            checkpoint_is=_text(t("Checkpoint, to be put into the minutes")),
            checkpoint=_text(in_fives(handed.hash)),
            open_title=_text(t("Still open")),
            open=_open(handed.reports, many=len(names) > 1),
            how_title=_text(t("How to take it over")),
            how=_each("li", _how(handed)),
            gives=_text(t("Given by")),
            receives=_text(t("Received by")),
            sign=_text(t("(signature, full name)")),
        )


def _text(text: str) -> str:
    return escape(text)


def _each(tag: str, lines: Iterable[str]) -> str:
    return "".join(f"<{tag}>{_text(line)}</{tag}>" for line in lines)


def _open(reports: tuple[Report, ...], many: bool) -> str:
    """List what is to be done in each open year; of many years only that they are open."""
    if not reports:
        return _each("p", [t("No year is open.")])
    told = "".join(_year(report, many) for report in reports[:_MOST_YEARS])
    if rest := reports[_MOST_YEARS:]:
        years = [str(report.year) for report in rest]
        told += _each("p", [t("Not closed yet either: {years}", years=years)])
    return told


def _year(report: Report, many: bool) -> str:
    whose = f" · {clean(report.cluster.name)}" if many else ""
    head = t("Year {year}", year=str(report.year))
    state = t("not closed yet")
    told = _each("p", [leader_line(report.leadership)]) + "".join(map(_notes, still_open(report)))
    if named := concerned(report):
        told += f"<small>{_text(titles(named))}</small>"
    return f"<h3>{_text(head + whose)} – {_text(state)}</h3>{told}"


def _notes(notes: Notes) -> str:
    """Write what is open of one kind in one paragraph: the note is to stay one page."""
    items = [str(line) for line in notes.lines]
    if len(items) > _MOST_ITEMS:
        left = number(Decimal(len(items) - _MOST_ITEMS + 1))
        items[_MOST_ITEMS - 1 :] = [t("and {count} more", count=left)]
    return f"<p><i>{_text(notes.title)}:</i> {_text('; '.join(items))}.</p>"


def _how(handed: HandedOver) -> list[str]:
    return [
        t("Save the file that you were given, and type: htx take-over FILE.zip"),
        t(
            'Compare with the minutes: htx verify --checkpoint "{checkpoint}"',
            checkpoint=in_fives(handed.hash),
        ),
        t("Whoever gave the book away writes nothing into the old one; htx warns of it."),
    ]


_PAGE = Template("""<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
@page { size: A4; margin: 18mm 20mm; }
body { font: 11pt/1.35 "Times New Roman", "Liberation Serif", serif; color: #000; }
body { margin: 2em auto; max-width: 42em; padding: 0 1em; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
h1 { font-size: 16pt; text-align: center; text-transform: uppercase; margin: 0 0 .3em; }
header p { text-align: center; margin: 0; }
h2 { font-size: 12pt; border-bottom: 1px solid #000; margin: 1.1em 0 .4em; }
h3 { font-size: 11pt; margin: .8em 0 .1em; }
small { display: block; font-size: 8.5pt; margin-top: .2em; }
p, ul, ol { margin: 0; }
ul, ol { padding-left: 1.4em; }
table { border-collapse: collapse; margin-top: 1em; }
th { text-align: left; font-weight: normal; padding: .1em 1.5em .1em 0; }
td { font-weight: bold; }
.checkpoint { border: 1px solid #000; margin: 1em 0 0; padding: .5em; text-align: center; }
.checkpoint b { display: block; font: bold 15pt monospace; letter-spacing: .05em; }
footer { display: flex; margin-top: 2em; break-inside: avoid; }
footer div { flex: 1; text-align: center; padding-bottom: 4em; }
footer i { display: block; }
</style>
</head>
<body>
<header><h1>$title</h1>$clusters</header>
<table>$facts</table>
<p class="checkpoint">$checkpoint_is<b>$checkpoint</b></p>
<h2>$open_title</h2>
$open
<h2>$how_title</h2>
<ol>$how</ol>
<footer><div><b>$gives</b><i>$sign</i></div><div><b>$receives</b><i>$sign</i></div></footer>
</body>
</html>
""")
