"""The pages of the guides that list what labels of tables say, made of `data/lexicon.toml`.

`python -m tests.support.lexicon_page` writes them, in both languages.
"""

import textwrap
from collections.abc import Iterator

from htx_cli.intake.lexicon import source
from tests.support.consoles import GUIDES

PAGES = {"en": GUIDES / "en" / "labels.md", "vi": GUIDES / "vi" / "tu-ngu.md"}
LEAD = {
    "en": """# The words that tables are read by

A table means what its labels say: its title, the name of its sheet, its headings and those over
them, the titles of its rows, its units. These are the phrases that `htx import` knows, without
marks and in small letters. The longest phrase wins; a target's own title comes before all of them,
and its words are used up by it.

A phrase counts in the places that stand before it: *whole* is the whole label, *start* its
beginning, *heading* over columns, *title* above a table, in a section or in the name of a sheet,
*row* beside the figures, *any* everywhere.

What is not known is asked for, and `--map "TEXT=USE"` answers it. Words of your own are kept in a
mapping file, `--map words.toml`, under `[words]` in the form of this list:

    [words.role.result]
    heading = ["so dat duoc"]
""",
    "vi": """# Các từ ngữ dùng để đọc bảng

Một bảng có nghĩa đúng như các nhãn của nó ghi: tên bảng, tên trang, tiêu đề cột, tiêu đề gộp, tên
dòng, đơn vị tính. Dưới đây là các cụm từ mà `htx import` hiểu, viết thường và không dấu. Cụm từ dài
nhất được ưu tiên; tên chỉ tiêu đã giao ước được nhận trước tất cả và dùng hết các từ của nó.

Mỗi cụm từ chỉ có hiệu lực ở vị trí ghi phía trước: *whole* là toàn bộ nhãn, *start* là đầu nhãn,
*heading* là phía trên các cột, *title* là phía trên bảng, tên mục hoặc tên trang, *row* là bên cạnh
số liệu, *any* là mọi chỗ.

Điều gì không hiểu sẽ được hỏi, và trả lời bằng `--map "CHỮ=USE"`. Từ ngữ riêng của tỉnh được ghi
trong một tệp quy ước, `--map tu-ngu.toml`, ở mục `[words]`, theo dạng của danh sách này:

    [words.role.result]
    heading = ["so dat duoc"]
""",
}


def page(language: str) -> str:
    """The page in one language."""
    return LEAD[language] + "\n" + "\n".join(_lists()) + "\n"


def _lists() -> Iterator[str]:
    for facet, senses in source().items():
        if facet == "whole":
            continue
        yield f"## {facet}\n"
        for name, places in senses.items():
            yield f"- **{name}**"
            if isinstance(places, list):
                yield _filled(", ".join(places))
            elif facet == "unit":
                yield _filled(", ".join(f"{text} ({scale:,})" for text, scale in places.items()))
            else:
                for place, texts in places.items():
                    if texts:
                        yield _filled(f"*{place}*: {', '.join(texts)}")
        yield ""


def _filled(text: str) -> str:
    return textwrap.fill(text, 98, initial_indent="  ", subsequent_indent="  ")


def main() -> None:
    """Write both pages."""
    for language, path in PAGES.items():
        path.write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
