"""What is said of a year is true of a draft, of a signed pact, and of a year that has neither."""

from pathlib import Path

import pytest

from tests.support.commands import Answer, Run


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
