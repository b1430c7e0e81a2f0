"""Examples at the end of each command's help: one or two that run as they stand."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    # set up a year
    "init": ("htx init", "htx init --db so-thi-dua.db"),
    "add-cluster": ('htx add-cluster "Cụm số 1" --member "can tho" --member "soc trang"',),
    "add-member": ('htx add-member "tra vinh" "vinh long" --since 2022',),
    "remove-member": ('htx remove-member "soc trang" --until 31/12/2022',),
    "rename-cluster": ('htx rename-cluster "Cụm thi đua số 2" --on 1/1/2022',),
    "add-province": ('htx add-province "Tỉnh mẫu" --since 1/1/2027',),
    "merge-provinces": ('htx merge-provinces "can tho" "ca mau" --into "Tỉnh mẫu" --on 1/1/2027',),
    "rename-province": ('htx rename-province "ca mau" "Tỉnh mẫu" --on 1/1/2027',),
    "add-target": (
        'htx add-target 1a "HTX thành lập mới" --year 2021 --at-least 20',
        'htx add-target 2 "HTX hiệu quả" --year 2021 --kind ratio --at-least 60',
    ),
    "change-target": (
        "htx change-target 1a --year 2021 --at-least 25",
        "htx change-target 1a --year 2021 --at-least 25 --decision 12/QĐ-CTĐ",
    ),
    "remove-target": ("htx remove-target 1b --year 2021",),
    "set-share": (
        'htx set-share "kien giang" 2 55 --year 2021',
        'htx set-share "kien giang" 8a --not-assigned --year 2021',
    ),
    "template": ("htx template --year 2021 --as-of 30/6/2021 -o bieu-mau",),
    "open-year": ("htx open-year 2022",),
    "sign-pact": ("htx sign-pact --year 2022 --on 27/1/2022",),
    "set-due": ("htx set-due quarter 25 --year 2022", "htx set-due year --none"),
    # record results
    "record": (
        'htx record "soc trang" 1a 24 --as-of 31/12/2021 --source "Báo cáo 15"',
        'htx record "soc trang" 2 96 --of 150 --as-of Q4/2021',
    ),
    "withdraw": ('htx withdraw "soc trang" 1a --as-of 30/6/2021',),
    "import": (
        "htx import ket-qua.xlsx --as-of 31/12/2021 --dry-run",
        'htx import bang.csv --year 2021 --map "Số HTX mới=target:1a"',
    ),
    "attach": (
        'htx attach "can tho" 1a bc15.pdf --year 2021 --number 15/BC-LMHTX',
        "htx attach --check bc15.pdf",
    ),
    # see where we stand
    "report": ("htx report --year 2021", "htx report --as-of 30/6/2021 -o bao-cao.csv"),
    "status": ('htx status "soc trang" --year 2021',),
    "explain": ('htx explain "soc trang" 2 --year 2021', "htx explain all 3 --year 2021"),
    "trend": ("htx trend 1a", 'htx trend 1a "can tho"'),
    "targets": ("htx targets --year 2021",),
    "leaders": ("htx leaders", "htx leaders --project 5"),
    "members": ("htx members --on 1/7/2025",),
    "clusters": ("htx clusters",),
    "provinces": ("htx provinces --on 31/12/2021", "htx provinces --all"),
    "due": ("htx due --year 2026",),
    "remind": ('htx remind "an giang" --year 2026 -o nhac.txt',),
    # keep the book
    "rotate-leader": (
        "htx rotate-leader --year 2022",
        'htx rotate-leader --year 2022 --leader "ca mau" --because "Bầu tại hội nghị"',
    ),
    "log": ("htx log", 'htx log "can tho" 1a --year 2021'),
    "export": ("htx export so-lieu.xlsx --year 2021",),
    "hand-over": ('htx hand-over --to "can tho" -o ban-giao.zip',),
    "take-over": ("htx take-over ban-giao.zip",),
    "verify": ("htx verify",),
    "backup": ("htx backup sao-luu.db",),
    "undo": ("htx undo", "htx undo 31 --dry-run"),
    "merge": ("htx merge ban-sao.db --dry-run",),
    "close-year": (
        "htx close-year 2021",
        'htx close-year 2021 --incomplete --because "Hội nghị tổng kết"',
    ),
    "reopen-year": ('htx reopen-year 2021 --because "Sửa số liệu"',),
    "migrate": ("htx migrate",),
    # learn
    "help": ("htx help rules", "htx help record"),
}
