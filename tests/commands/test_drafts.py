"""The draft of a pact: what it asks of provinces that merged, and how it is told from a signed one."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from htx_cli.domain.model import Target
from htx_cli.domain.pact import contradictions
from htx_cli.domain.targets import Bound, Kind
from tests.support.commands import Answer, Run

IN_2026 = {"HTX_NOW": "2026-03-05T08:00:00+07:00"}
LOWERED = (
    "Cần Thơ 1a: those that it came of were asked for 40 together in 2025; the draft of 2026 asks"
    " for 20. To ask for as much as before: htx set-share can-tho-2025 1a 40 --year 2026"
)


@pytest.fixture
def merged(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """Two that merged in mid-2025, each bound to 20 then, and to 60% of something."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    members = ("--member", "can tho", "--member", "soc trang", "--member", "hau giang")
    may = {"HTX_NOW": "2025-05-05T08:00:00+07:00"}
    for line in (
        ("add-cluster", "Cụm thử", *members, "--since", 2024),
        ("add-target", "1a", "HTX", "--year", 2025, "--at-least", 20),
        ("add-target", "2", "Tỷ lệ", "--year", 2025, "--kind", "ratio", "--at-least", "60%"),
        ("set-share", "hau giang", "1a", "--not-assigned", "--year", 2025),
    ):
        answer = run(*line, **may)
        assert answer.exit == 0, answer.err
    return path


@pytest.mark.usefixtures("merged")
def test_a_script_is_told_of_it_too(run: Run) -> None:
    made = json.loads(run("open-year", 2026, "--json", **IN_2026).out)
    assert made["warnings"] == [{"code": "draft_of_parts", "message": LOWERED}]


@pytest.mark.parametrize(
    ("text", "threshold", "named"),
    [
        ("Thành lập ít nhất 20 HTX", "20", True),
        ("Thành lập ít nhất 20 HTX", "22", False),
        ("Ít nhất 05 mô hình", "5", True),
        ("Ít nhất năm mô hình", "5", True),
        ("Kết nạp 1.234 thành viên", "1234", True),
        ("Vốn 2,5 triệu đồng", "2500000", True),
        ("Tăng 17,17%", "17.17", True),
        ("Giảm 5%", "-5", True),
        ("Kết nạp 120 thành viên", "20", False),
    ],
)
def test_a_threshold_stands_in_a_sentence_in_any_form(
    text: str, threshold: str, named: bool
) -> None:
    target = Target(2022, "1", "T", Kind.COUNT, Bound.AT_LEAST, Decimal(threshold), line="1")
    found = [each.code for each in contradictions(2022, {"1": text}, [target])]
    assert found == ([] if named else ["pact_text_number"])


# -- what is said of a draft -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "There is a target 1a in 2022 already. Change it with “htx change-target”."),
        ("vi", "Năm 2022 đã có chỉ tiêu 1a. Sửa bằng “htx change-target”."),
    ],
)
def test_a_target_of_a_draft_is_there_but_not_called_signed(
    run: Run, sample: Path, lang: str, said: str
) -> None:
    assert run("open-year", 2022).exit == 0
    typed = ("add-target", "1a", "T", "--year", 2022, "--at-least", 1)
    assert run(*typed, HTX_LANG=lang) == Answer(4, "", f"htx: {said}\n")
    assert run("sign-pact", "--year", 2022).exit == 0
    assert run(*typed, HTX_LANG=lang) == Answer(4, "", f"htx: {said}\n")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Nothing is signed or drafted for 2042. The book has: 2020, 2021, 2022."),
        ("vi", "Năm 2042 chưa có giao ước hay dự thảo nào. Sổ có các năm: 2020, 2021, 2022."),
    ],
)
def test_a_year_without_anything_is_not_told_to_be_signed_only(
    run: Run, sample: Path, lang: str, said: str
) -> None:
    assert run("open-year", 2022).exit == 0
    assert run("report", "--year", 2042, HTX_LANG=lang) == Answer(3, "", f"htx: {said}\n")
    assert run("report", "--year", 2022, HTX_LANG=lang).exit == 0


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Something is signed or drafted for 2022 already, so no draft is made for it. Change it as"
        " it stands: htx targets --year 2022"),
        ("vi", "Năm 2022 đã có chỉ tiêu nên không lập dự thảo. Hãy sửa giao ước hiện có: htx targets --year"
        " 2022"),
    ],
)  # fmt: skip
def test_a_draft_is_not_opened_twice(run: Run, sample: Path, lang: str, said: str) -> None:
    assert run("open-year", 2022).exit == 0
    assert run("open-year", 2022, HTX_LANG=lang) == Answer(4, "", f"htx: {said}\n")
