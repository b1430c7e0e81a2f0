"""Tables as officials draw them, of a random pact in a random layout, with the figures that they say.

The words here were gathered from reports and forms; they were not taken from the lexicon, so that the
law says how far it reaches. A table is *clear* when a careful reader has one reading of it, else *open*.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from htx_cli.domain.model import Target
from htx_cli.domain.targets import Basis, Bound, Figure, Kind

YEAR = 2021
PROVINCES = {
    "can-tho": ("Cần Thơ", "TP. Cần Thơ", "Thành phố Cần Thơ", "Liên minh HTX TP Cần Thơ"),
    "soc-trang": ("Sóc Trăng", "Tỉnh Sóc Trăng", "Liên minh HTX tỉnh Sóc Trăng", "SÓC TRĂNG"),
    "bac-lieu": ("Bạc Liêu", "tỉnh Bạc Liêu", "LM HTX Bạc Liêu", "Bạc liêu"),
    "ca-mau": ("Cà Mau", "Tỉnh Cà Mau", "LMHTX tỉnh Cà Mau", "CÀ MAU"),
    "an-giang": ("An Giang", "Tỉnh An Giang", "Liên minh HTX An Giang", "An giang"),
    "hau-giang": (
        "Hậu Giang",
        "Tỉnh Hậu Giang",
        "Liên minh hợp tác xã tỉnh Hậu Giang",
        "Hậu giang",
    ),
}
Cell = str | Decimal | None
Key = tuple[str, str, date, Basis]


@dataclass(frozen=True)
class Given:
    """A target of the pact as it is signed, and how else it is written."""

    title: str
    kind: Kind
    unit: str | None = None
    of: str | None = None
    level: bool = False
    also: tuple[str, ...] = ()
    parts: tuple[str, str] | None = None  # how part and whole are headed


POOL = (
    Given("Số HTX thành lập mới", Kind.COUNT, "HTX", also=("Số hợp tác xã thành lập mới",)),
    Given("Số tổ hợp tác thành lập mới", Kind.COUNT, "THT", also=("Số THT thành lập mới",)),
    Given("Số Liên hiệp HTX thành lập mới", Kind.COUNT, "Liên hiệp HTX"),
    Given("Số lớp tập huấn đã tổ chức", Kind.COUNT, "lớp"),
    Given("Số sản phẩm OCOP được công nhận", Kind.COUNT, "sản phẩm"),
    Given("Số HTX giải thể", Kind.COUNT, "HTX"),
    Given("Số HTX yếu kém", Kind.COUNT, "HTX", level=True),
    Given("Vốn hoạt động của Quỹ", Kind.COUNT, "triệu đồng", level=True),
    Given("Doanh thu bình quân một HTX", Kind.COUNT, "triệu đồng", level=True),
    Given(
        "Tỷ lệ HTX hoạt động hiệu quả", Kind.RATIO, "HTX", "HTX đang hoạt động",
        parts=("Số HTX hoạt động hiệu quả", "Tổng số HTX đang hoạt động"),
    ),
    Given(
        "Tỷ lệ cán bộ quản lý HTX qua đào tạo", Kind.RATIO, "người", "cán bộ quản lý HTX",
        parts=("Số cán bộ quản lý HTX qua đào tạo", "Tổng số cán bộ quản lý HTX"),
    ),
    Given(
        "Tỷ lệ hộ nông thôn tham gia kinh tế tập thể", Kind.RATIO, "hộ", "hộ nông thôn",
        parts=("Số hộ nông thôn tham gia kinh tế tập thể", "Số hộ nông thôn"),
    ),
    Given("Số thành viên HTX", Kind.GROWTH, "thành viên"),
    Given("Số lao động thường xuyên trong HTX", Kind.GROWTH, "lao động"),
    Given("Doanh thu khu vực kinh tế tập thể", Kind.GROWTH, "triệu đồng"),
    Given("Có Quỹ Hỗ trợ phát triển HTX", Kind.YES_NO),
    Given("Thực hiện tốt kế hoạch đào tạo, bồi dưỡng", Kind.YES_NO),
    Given("Có cổng thông tin điện tử", Kind.YES_NO),
)  # fmt: skip

RESULT_TITLES = (
    "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU THI ĐUA NĂM {y}",
    "KẾT QUẢ THỰC HIỆN GIAO ƯỚC THI ĐUA NĂM {y}",
    "BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM {y}",
    "Biểu số 02: Kết quả thực hiện chỉ tiêu giao ước thi đua năm {y}",
    "BẢNG SỐ LIỆU PHỤC VỤ HỘI NGHỊ TỔNG KẾT CỤM THI ĐUA NĂM {y}",
    "Kết quả thực hiện kế hoạch năm {y}",
    "TÌNH HÌNH PHÁT TRIỂN KINH TẾ TẬP THỂ NĂM {y}",
    "Phụ lục 1. Số liệu các chỉ tiêu thi đua {y}",
    "TIẾN ĐỘ THỰC HIỆN CÁC CHỈ TIÊU NĂM {y}",
    "",
)
DATED_TITLES = (
    ("KẾT QUẢ THỰC HIỆN 6 THÁNG ĐẦU NĂM {y}", (6, 30)),
    ("Số liệu tính đến hết tháng 9 năm {y}", (9, 30)),
    ("BÁO CÁO 9 THÁNG NĂM {y}", (9, 30)),
    ("Lũy kế đến ngày 30/11/{y}", (11, 30)),
    ("Từ ngày 01/01/{y} đến ngày 30/6/{y}", (6, 30)),
    ("Kết quả 11 tháng năm {y}", (11, 30)),
    ("Lũy kế thực hiện đến hết quý III/{y}", (9, 30)),
    ("KẾT QUẢ THỰC HIỆN QUÝ I NĂM {y}", (3, 31)),
)
FURNITURE_ABOVE = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "CỤM THI ĐUA LIÊN MINH HTX CÁC TỈNH, THÀNH PHỐ TÂY NAM SÔNG HẬU",
    "(Kèm theo Báo cáo số 45/BC-LMHTX ngày 05/01/{z})",
    "Kính gửi: Liên minh Hợp tác xã Việt Nam",
    "Căn cứ Kế hoạch số 12/KH-LMHTX ngày 10/02/{y}",
    "Bạc Liêu, ngày 05 tháng 01 năm {z}",
)
SIGNATURES = (
    ("Người lập biểu", "TM. BAN THƯỜNG VỤ"),
    ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
    ("Nơi nhận:", "CHỦ TỊCH"),
    ("Kế toán", "GIÁM ĐỐC"),
)
NUMBERS = ("STT", "TT", "Số TT")
OF_PROVINCES = (
    "Đơn vị",
    "Tỉnh",
    "Tỉnh, thành phố",
    "Tên đơn vị",
    "Địa phương",
    "Liên minh HTX tỉnh",
)
OF_TARGETS = ("Chỉ tiêu", "Nội dung", "Nội dung chỉ tiêu", "Tên chỉ tiêu", "Chỉ tiêu thi đua")
RESULTS = (
    "Kết quả",
    "Thực hiện",
    "Kết quả thực hiện",
    "Thực hiện năm {y}",
    "TH năm {y}",
    "Kết quả đạt được",
)
PLANS = ("Kế hoạch", "KH năm {y}", "Kế hoạch năm {y}", "Chỉ tiêu giao", "Kế hoạch giao", "KH")
COMPARED = (
    "So với KH (%)",
    "% so KH",
    "Tỷ lệ hoàn thành (%)",
    "So sánh TH/KH (%)",
    "Đạt % kế hoạch",
)
LAST = ("Năm {b}", "Thực hiện năm {b}", "Năm trước", "TH năm {b}", "Cùng kỳ năm trước")
THIS = ("Năm {y}", "Thực hiện năm {y}", "Kết quả năm {y}", "TH năm {y}")
NOTES = ("Ghi chú", "Ghi chú (nếu có)")
TOTALS = ("Tổng cộng", "Cộng", "TỔNG CỘNG", "Cộng chung", "Tổng", "Toàn cụm")


def added(cells: Iterable[Cell]) -> Decimal:
    """The sum of those that are numbers."""
    return sum((cell for cell in cells if isinstance(cell, Decimal)), Decimal(0))


@dataclass
class Drawn:
    """A table, how it is imported, and the figures that it says."""

    kind: str
    rows: list[list[Cell]]
    clear: bool = True
    sheet: str | None = None
    as_of: date | None = None
    province: str | None = None
    targets: list[Target] = field(default_factory=list)
    figures: dict[Key, Figure] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class Drawing:
    """One table in the making."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        pool = self.random.sample(POOL, self.random.randint(2, 6))
        self.given = {self.code(at): each for at, each in enumerate(pool)}
        self.targets = {code: self.target(code, each) for code, each in self.given.items()}
        self.provinces = self.random.sample(sorted(PROVINCES), self.random.randint(2, 5))
        self.table = Drawn("", [], targets=list(self.targets.values()))
        self.day = date(YEAR, 12, 31)
        self.basis = Basis.ACTUAL

    def code(self, at: int) -> str:
        return str(at + 1) if at % 3 else f"{at + 1}a"

    def target(self, code: str, given: Given) -> Target:
        bound = Bound.AT_LEAST if given.kind in (Kind.COUNT, Kind.RATIO, Kind.GROWTH) else None
        base = YEAR - 1 if given.kind is Kind.GROWTH else None
        threshold = Decimal(8) if bound else None
        return Target(
            YEAR, code, given.title, given.kind, bound, threshold, given.level, base,
            of_title=given.of, unit=given.unit,
        )  # fmt: skip

    def pick(self, texts: tuple[str, ...]) -> str:
        text = self.random.choice(texts)
        return text.format(y=YEAR, b=YEAR - 1, z=YEAR + 1)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def province(self, id: str) -> str:
        return self.random.choice(PROVINCES[id])

    def name(self, code: str) -> str:
        """A target as a heading or a row calls it."""
        given = self.given[code]
        name = self.random.choice((given.title, given.title, *given.also))
        if self.maybe(0.15):
            name = name.upper()
        if given.unit and given.kind is not Kind.GROWTH and self.maybe(0.2):
            percent = given.kind is Kind.RATIO
            name = f"{name} ({'%' if percent else given.unit})"
        return f"{code}. {name}" if self.maybe(0.1) else name

    def figure(self, code: str, rate: bool = False) -> Figure:
        kind, pick = self.given[code].kind, self.random
        if kind is Kind.YES_NO:
            return Figure(Decimal(pick.randint(0, 1)))
        if kind is Kind.RATIO:
            of = Decimal(pick.randint(20, 400))
            part = Decimal(pick.randint(5, int(of)))
            return (
                Figure(rate=Decimal(pick.randint(150, 990)) / 10) if rate else Figure(part, of=of)
            )
        if kind is Kind.GROWTH:
            base = Decimal(pick.randint(8000, 30000))
            return Figure(base + pick.randint(-2000, 3000), base=base)
        return Figure(Decimal(pick.randint(0, 9000 if self.given[code].level else 60)))

    def say(self, province: str, code: str, figure: Figure) -> None:
        self.table.figures[province, code, self.day, self.basis] = figure

    def written(self, code: str, figure: Figure) -> Cell:
        """A whole figure in one cell."""
        if self.given[code].kind is Kind.YES_NO:
            words = ("Có", "x", "Đạt", "có") if figure.value else ("Không", "chưa", "Chưa đạt")
            return self.random.choice(words)
        if figure.rate is not None:
            return f"{figure.rate}%".replace(".", ",") if self.maybe(0.5) else f"{figure.rate} %"
        if figure.of is not None:
            return f"{figure.value}/{figure.of}"
        return figure.value

    # -- around ------------------------------------------------------------------------------------

    def frame(self, body: list[list[Cell]], labels: int) -> None:
        """Titles above and signatures below the table."""
        above: list[list[Cell]] = []
        if self.maybe(0.4):
            above += [[self.pick((text,))] for text in self.random.sample(FURNITURE_ABOVE, 2)]
        title = self.pick(RESULT_TITLES)
        if self.maybe(0.35):
            text, (month, day) = self.random.choice(DATED_TITLES)
            title = self.pick((text,))
            self.move(date(YEAR, month, day))
        else:
            self.table.as_of = self.day
        if title:
            before: list[Cell] = [None] * self.random.choice((0, 0, 1))
            above.append([*before, title])
        if above and self.maybe(0.5):
            above.append([])
        self.table.rows = [*above, *body]
        if self.maybe(0.4):
            if self.maybe(0.6):
                self.table.rows.append([])
            left, right = self.random.choice(SIGNATURES)
            width = len(body[-1])
            line: list[Cell] = [None] * width
            line[labels - 1], line[-1] = left, right
            self.table.rows.append(line)
            if self.maybe(0.5):
                under: list[Cell] = [None] * width
                under[labels - 1], under[-1] = "(Ký, họ tên)", "Nguyễn Văn A"
                self.table.rows.append(under)
        width = max(map(len, self.table.rows))
        self.table.rows = [row + [None] * (width - len(row)) for row in self.table.rows]

    def move(self, day: date) -> None:
        self.table.figures = {
            (province, code, day, basis): figure
            for (province, code, _, basis), figure in self.table.figures.items()
        }
        self.day = day

    def numbered(self, rows: list[list[Cell]], head: int) -> list[list[Cell]]:
        """With a column of running numbers, perhaps a row of column numbers."""
        if self.maybe(0.7):
            numbers = [self.pick(NUMBERS), *[None] * (head - 1)]
            tops = [[number, *row] for number, row in zip(numbers, rows[:head], strict=True)]
            rows = [*tops, *([Decimal(at), *row] for at, row in enumerate(rows[head:], 1))]
        if self.maybe(0.2):
            line: list[Cell] = [f"({at})" for at in range(1, len(rows[0]) + 1)]
            rows = [*rows[:head], line, *rows[head:]]
        return rows

    # -- layouts -----------------------------------------------------------------------------------

    def provinces_down(self) -> None:
        """Provinces in rows, targets across, some over plan, result and what compares them."""
        over: list[Cell] = [self.pick(OF_PROVINCES)]
        under: list[Cell] = [None]
        columns: list[tuple[str, str]] = []
        deep = self.maybe(0.5)
        for code, given in self.given.items():
            roles = ["all"]
            if deep and given.kind is Kind.RATIO:
                roles = self.random.choice((["value", "of"], ["value", "of", "percent"], ["all"]))
            elif deep and given.kind is Kind.GROWTH:
                roles = self.random.choice((["base", "value"], ["base", "value", "grown"]))
            elif deep and given.kind is Kind.COUNT:
                roles = self.random.choice((["all"], ["plan", "value"], ["plan", "value", "done"]))
            elif given.kind is Kind.GROWTH:
                roles = ["big"]
            for at, role in enumerate(roles):
                over.append(self.name(code) if not at else None)
                under.append(self.under(code, role) if roles not in (["all"], ["big"]) else None)
                columns.append((code, role))
        head = 2 if any(under) else 1
        if self.maybe(0.3):
            over.append(self.pick(NOTES[:1]))
            under.append(None)
            columns.append(("", "note"))
        rows = [over, under][:head]
        for id in self.provinces:
            figures = {code: self.figure(code, rate=self.maybe(0.3)) for code in self.given}
            line: list[Cell] = [self.province(id)]
            for code, role in columns:
                line.append(self.part(id, code, role, figures))
            rows.append(line)
        counts = {c for c, g in self.given.items() if g.kind is Kind.COUNT}
        if self.maybe(0.4):
            total: list[Cell] = [self.pick(TOTALS)]
            for at, (code, role) in enumerate(columns, 1):
                known = code in counts and role in ("all", "value")
                total.append(added(row[at] for row in rows[head:]) if known else None)
            rows.append(total)
        self.frame(self.numbered(rows, head), 2)

    def under(self, code: str, role: str) -> str:
        """The heading of a part below its target's own."""
        given = self.given[code]
        if given.kind is Kind.RATIO:
            value, of = given.parts or ("Kết quả", "Tổng số")
            return {"value": value, "of": of, "percent": self.pick(("Tỷ lệ (%)", "Tỷ lệ"))}[role]
        if given.kind is Kind.GROWTH:
            return {
                "base": self.pick(LAST), "value": self.pick(THIS),
                "grown": self.pick(("Tăng (%)", "Tốc độ tăng (%)", "So với cùng kỳ (%)")),
            }[role]  # fmt: skip
        return {"plan": self.pick(PLANS), "value": self.pick(RESULTS), "done": self.pick(COMPARED)}[
            role
        ]

    def part(self, id: str, code: str, role: str, figures: dict[str, Figure]) -> Cell:
        if role == "note":
            return "đang rà soát" if self.maybe(0.2) else None
        figure = figures[code]
        if role == "all":
            self.say(id, code, figure)
            return self.written(code, figure)
        if role == "big":
            figure = Figure(figure.value)
            self.say(id, code, figure)
            return figure.value
        if figure.rate is not None:
            figure = figures[code] = self.figure(code)
        self.say(id, code, figure)
        if role in ("value", "of", "base"):
            found: Decimal | None = getattr(figure, role)
            return found
        assert figure.value is not None
        if role == "plan":
            return Decimal(8)
        if role == "percent":
            assert figure.of is not None
            return round(100 * figure.value / figure.of, 1)
        if role == "grown":
            assert figure.base is not None
            return round(100 * (figure.value - figure.base) / figure.base, 2)
        return round(100 * figure.value / 8, 1)

    def targets_down(self) -> None:
        """Targets in rows, provinces across."""
        unit = self.maybe(0.5)
        head: list[Cell] = [self.pick(OF_TARGETS), *(["ĐVT"] if unit else [])]
        head += [self.province(id) for id in self.provinces]
        sums = self.maybe(0.3)
        rows = [[*head, *([self.pick(TOTALS[:3])] if sums else [])]]
        for code, given in self.given.items():
            line: list[Cell] = [self.name(code)]
            rate = unit and given.kind is Kind.RATIO
            line += [("%" if rate else given.unit)] if unit else []
            if sums and self.maybe(0.3):
                rows.append(
                    [self.pick(("Phát triển mới", "Nâng cao chất lượng")), *[None] * len(head)]
                )
            figures = []
            for id in self.provinces:
                figure = self.figure(code, rate=rate)
                figure = Figure(figure.value) if given.kind is Kind.GROWTH else figure
                self.say(id, code, figure)
                figures.append(figure)
                line.append(self.written(code, figure) if not rate else figure.rate)
            if sums:
                known = given.kind is Kind.COUNT
                line.append(added(figure.value for figure in figures) if known else None)
            rows.append(line)
            if given.kind is Kind.COUNT and self.maybe(0.1):
                some: list[Cell] = [
                    "Trong đó: lĩnh vực nông nghiệp",
                    *([given.unit] if unit else []),
                ]
                some += [Decimal(0)] * len(self.provinces) + [None] * sums
                rows.append(some)
        self.frame(self.numbered(rows, 1), 2)

    def one_province(self) -> None:
        """The report of one province: targets down, across what was planned, done and compared."""
        id = self.table.province = self.random.choice(self.provinces)
        years = self.maybe(0.4)
        roles = ["last", "value"] if years else ["plan", "value"]
        roles = self.random.choice((roles, [*roles, "done"], ["value"]))
        named = {"last": self.pick(LAST), "plan": self.pick(PLANS), "done": self.pick(COMPARED)}
        named["value"] = self.pick(THIS if years and "last" in roles else RESULTS)
        if years:
            named["done"] = self.pick(("So cùng kỳ (%)", "So với năm trước (%)", "% cùng kỳ"))
        head: list[Cell] = [self.pick(OF_TARGETS), self.pick(("ĐVT", "Đơn vị tính"))]
        rows: list[list[Cell]] = [[*head, *(named[role] for role in roles), self.pick(NOTES[:1])]]
        for code, given in self.given.items():
            rate = given.kind is Kind.RATIO
            figure = self.figure(code, rate=rate)
            if given.kind is Kind.GROWTH and "last" not in roles:
                figure = Figure(figure.value)
            self.say(id, code, figure)
            values: dict[str, Cell] = {"plan": Decimal(8), "done": Decimal("101.5")}
            if given.kind is Kind.YES_NO:
                values = {"plan": "Có", "done": None, "last": "Có"}
            else:
                values["last"] = figure.base or Decimal(7)
            values["value"] = figure.rate if rate else self.written(code, figure)
            line: list[Cell] = [self.name(code), "%" if rate else given.unit]
            rows.append([*line, *(values[role] for role in roles), None])
        self.frame(self.numbered(rows, 1), 2)

    def long(self) -> None:
        """A figure a row."""
        columns = ["value", "of", "base"]
        head: list[Cell] = [self.pick(OF_PROVINCES), self.pick(("Chỉ tiêu", "Mã chỉ tiêu"))]
        head += [self.pick(("Kết quả", "Thực hiện", "Giá trị")), "Trên tổng số", "Số gốc"]
        rows = [head]
        for id in self.provinces:
            for code in self.given:
                if self.maybe(0.2):
                    continue
                figure = self.figure(code)
                self.say(id, code, figure)
                label = code if self.maybe(0.5) else self.given[code].title
                line: list[Cell] = [self.province(id), label]
                yes = self.given[code].kind is Kind.YES_NO
                line += [self.written(code, figure) if yes else figure.value]
                line += [getattr(figure, part) for part in columns[1:]]
                rows.append(line)
        self.frame(self.numbered(rows, 1), 3)

    def planned_and_done(self) -> None:
        """Two blocks of the same targets, the plan and the results, under headings that span them."""
        codes = [code for code, given in self.given.items() if given.kind is Kind.COUNT]
        if not codes:
            self.provinces_down()
            return
        over: list[Cell] = [self.pick(OF_PROVINCES)]
        under: list[Cell] = [None]
        for block in (self.pick(PLANS[:3]), self.pick(RESULTS)):
            for at, code in enumerate(codes):
                over.append(block if not at else None)
                under.append(self.name(code))
        rows = [over, under]
        for id in self.provinces:
            done = [self.figure(code) for code in codes]
            for code, figure in zip(codes, done, strict=True):
                self.say(id, code, figure)
            rows.append([self.province(id), *[Decimal(8)] * len(codes), *(f.value for f in done)])
        self.frame(self.numbered(rows, 2), 2)


LAYOUTS: tuple[Callable[[Drawing], None], ...] = (
    Drawing.provinces_down,
    Drawing.provinces_down,
    Drawing.targets_down,
    Drawing.one_province,
    Drawing.long,
    Drawing.planned_and_done,
)


def clear(seed: int) -> Drawn:
    """A table of which a careful reader has one reading."""
    drawing = Drawing(seed)
    layout = drawing.random.choice(LAYOUTS)
    layout(drawing)
    drawing.table.kind = layout.__name__
    return drawing.table


# -- open ones -------------------------------------------------------------------------------------------


def _plan(drawing: Drawing) -> None:
    titles = (
        "KẾ HOẠCH PHÁT TRIỂN KINH TẾ TẬP THỂ NĂM 2021",
        "BẢNG ĐĂNG KÝ CHỈ TIÊU THI ĐUA NĂM 2021",
        "BIỂU GIAO CHỈ TIÊU NĂM 2021",
        "MỤC TIÊU PHẤN ĐẤU NĂM 2021",
        "BẢNG CHẤM ĐIỂM THI ĐUA NĂM 2021",
        "KẾT QUẢ TỰ CHẤM ĐIỂM NĂM 2021",
        "Tổng hợp đăng ký giao ước thi đua năm 2021",
    )
    _simple(drawing, drawing.random.choice(titles))


def _slice(drawing: Drawing) -> None:
    titles = (
        "BÁO CÁO QUÝ III NĂM 2021",
        "Số liệu tháng 9 năm 2021",
        "KẾT QUẢ 6 THÁNG CUỐI NĂM 2021",
    )
    _simple(drawing, drawing.random.choice((*titles, "Quý 2/2021")), dated=False)


def _two(drawing: Drawing) -> None:
    titles = (
        "KẾT QUẢ NĂM 2021 VÀ KẾ HOẠCH NĂM 2022",
        "TÌNH HÌNH THỰC HIỆN NĂM 2021, KẾ HOẠCH NĂM 2022",
    )
    _simple(drawing, drawing.random.choice(titles))


def _other_year(drawing: Drawing) -> None:
    _simple(drawing, drawing.random.choice(("KẾT QUẢ NĂM 2020", "SỐ LIỆU NĂM 2019", "TH NĂM 2022")))


def _narrow(drawing: Drawing) -> None:
    words = (
        "trong nông nghiệp",
        "do phụ nữ quản lý",
        "tăng thêm",
        "vùng đồng bào dân tộc",
        "so với dự kiến",
    )
    _simple(drawing, "KẾT QUẢ NĂM 2021", " " + drawing.random.choice(words))


def _units(drawing: Drawing) -> None:
    _simple(
        drawing, "KẾT QUẢ NĂM 2021", drawing.random.choice((" (người)", " (%)", " (triệu đồng)"))
    )


def _simple(drawing: Drawing, title: str, tail: str = "", dated: bool = True) -> None:
    """Counts of each province, that are not what they seem."""
    given = (POOL[0], POOL[5])
    drawing.given = {"1a": given[0], "3": given[1]}
    drawing.targets = {code: drawing.target(code, each) for code, each in drawing.given.items()}
    table = drawing.table
    table.targets, table.clear = list(drawing.targets.values()), False
    head: list[Cell] = [drawing.pick(OF_PROVINCES), *(f"{each.title}{tail}" for each in given)]
    body: list[list[Cell]] = [head]
    for id in drawing.provinces:
        body.append([drawing.province(id), *(drawing.figure(code).value for code in drawing.given)])
    table.rows = [[title, None, None], *body]
    table.as_of = date(YEAR, 12, 31) if dated else None


OPEN = (_plan, _slice, _two, _other_year, _narrow, _units)


def open_to_doubt(seed: int) -> Drawn:
    """A table whose figures nobody can take for results of the year without asking."""
    drawing = Drawing(seed)
    kind = drawing.random.choice(OPEN)
    kind(drawing)
    drawing.table.kind = kind.__name__.strip("_")
    return drawing.table
