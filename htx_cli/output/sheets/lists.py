"""Sheets of what is set up: targets, clusters, provinces."""

from htx_cli.domain.lists import Clusters, Provinces, Targets
from htx_cli.domain.model import Amendment, Line, Pact, PactPart, Share, Target
from htx_cli.domain.targets import Kind, Scope
from htx_cli.output.layout import Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.figures import signed
from htx_cli.text.words import KIND_WORDS, number, shown, t


def sheet(listed: Targets | Clusters | Provinces, room: int | None) -> Sheet:
    """Targets of a year, clusters or provinces."""
    match listed:
        case Targets():
            return _targets(listed)
        case Clusters():
            return _clusters(listed)
        case Provinces():
            return _provinces(listed)


def _targets(targets: Targets) -> Sheet:
    """The signed lines and targets of a year, with what single provinces have of their own."""
    columns = headings(
        "rlffrfl", t("line"), t("code"), t("target"), t("kind"), t("signed"), t("unit"), t("binds")
    )
    rows: list[list[Text]] = []
    for target in targets.targets:
        title = clean(target.title)
        if target.of_title:
            title += " " + t("(of: {whole})", whole=target.of_title)
        kind = t(KIND_WORDS[target.kind])
        if target.level:
            kind += f", {t('level')}"
        if target.kind is Kind.GROWTH and target.base_year:
            kind += f", {t('over {year}', year=str(target.base_year))}"
        binds = t("the cluster") if target.scope is Scope.CLUSTER else t("each")
        rows.append(
            [target.line or "", target.code, title, kind, signed(target), clean(target.unit), binds]
        )
    blocks: list[Grid | Notes] = [Grid(columns, rows)]
    texts = [f"{line}. {clean(text)}" for line, text in targets.lines.items() if text]
    if texts:
        blocks.append(Notes(texts, t("As signed")))
    if targets.shares:
        blocks.append(Notes([*_shares(targets)], t("Own shares")))
    notes = [f"{t_.code}: {clean(t_.note)}" for t_ in targets.targets if t_.note]
    if notes:
        blocks.append(Notes(notes, t("Notes")))
    if targets.amendments:
        blocks.append(Notes([*_amendments(targets)], t("Changed by decision")))
    return Sheet(" · ".join(_heading(targets)), blocks)


def _heading(targets: Targets) -> list[str]:
    """The cluster, the year, and the state of the pact."""
    parts, state = [clean(targets.cluster.name), str(targets.year)], targets.state
    if state.pact is Pact.DRAFT:
        parts.append(t("draft"))
    if state.signed_on:
        parts.append(t("signed on {day}", day=state.signed_on))
    return parts


def _amendments(targets: Targets) -> list[str]:
    return [
        t(
            "{what} from {day} by decision {number}, before: {before}",
            what=_part(targets, each),
            day=each.first_day,
            number=each.decision,
            before=_before(targets, each),
        )
        for each in targets.amendments
    ]


def _part(targets: Targets, amendment: Amendment) -> str:
    if amendment.part is PactPart.LINE:
        return t("line {line}", line=amendment.code)
    if amendment.province is None:
        return amendment.code
    return f"{targets.names[amendment.province]} {amendment.code}"


def _before(targets: Targets, amendment: Amendment) -> str:
    """Tell how a part of the pact stood until a decision changed it."""
    match amendment.before:
        case Target() as target:
            return signed(target) or target.title
        case Share(threshold=threshold) if threshold is not None:
            of = next((x for x in targets.targets if x.code == amendment.code), None)
            return signed(of, threshold) if of else number(threshold)
        case Share():
            return t("not assigned")
        case Line(text=text):
            return f"“{text}”" if text else t("none")
    return t("as signed") if amendment.part is PactPart.SHARE else t("none")


def _shares(targets: Targets) -> list[str]:
    by_code = {target.code: target for target in targets.targets}
    lines = []
    for share in targets.shares:
        own = (
            signed(by_code[share.target], share.threshold) if share.assigned else t("not assigned")
        )
        lines.append(f"{share.target} {clean(targets.names[share.province])}: {own}")
    return lines


def _clusters(clusters: Clusters) -> Sheet:
    """The clusters with their members in seat order."""
    rows: list[list[Text]] = [
        [
            row.cluster.id,
            clean(row.cluster.name),
            ", ".join(clean(member.province.name) for member in row.members),
            ", ".join(str(year) for year in row.years),
        ]
        for row in clusters.clusters
    ]
    columns = headings("lfff", t("id"), t("name"), t("members"), t("years"))
    return Sheet(t("Clusters"), [Grid(columns, rows)])


def _provinces(provinces: Provinces) -> Sheet:
    """The units of a day, with what became of those that are no more."""
    rows: list[list[Text]] = [
        [
            p.id,
            clean(p.name),
            p.code or "",
            shown(p.first_day),
            shown(p.last_day) if p.last_day else "",
            ", ".join(provinces.successors.get(p.id, ())),
        ]
        for p in provinces.provinces
    ]
    columns = headings(
        "lflllf", t("id"), t("name"), t("code"), t("first day"), t("last day"), t("went into")
    )
    count = str(len(rows))
    title = (
        t("{count} provinces and cities on {day}", count=count, day=provinces.on)
        if provinces.on
        else t("{count} provinces and cities of all times", count=count)
    )
    return Sheet(title, [Grid(columns, rows)])
