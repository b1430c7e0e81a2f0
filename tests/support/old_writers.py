"""Texts as the programs of before Unicode wrote them, and the words to try them with.

The letters are written from other public tables than those of `htx_cli.intake.files.old_text`: in the
order of the Vietnamese alphabet, as converters on the web print them side by side.
"""

import tomllib
import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

from tests.support.books import TESTS

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
IN_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ"
_IN_VNI = """
aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í
æ ó ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î
"""
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
TCVN3 = {**dict(zip(LETTERS, IN_TCVN3, strict=True)), **TCVN3_CAPITALS}
VNI = dict(zip(LETTERS, _IN_VNI.split(), strict=True))
VNI |= {letter.upper(): written.upper() for letter, written in VNI.items()}


def tcvn3(text: str) -> str:
    """As typed in .VnTime: capitals with tones get the small letter's code."""
    return "".join(TCVN3.get(c) or TCVN3.get(c.lower(), c) for c in text)


def vni(text: str) -> str:
    return "".join(VNI.get(c, c) for c in text)


def cp1258(text: str) -> bytes:
    """A letter with its hat as one byte, its tone as the next; as Windows does."""
    written = b""
    for c in text:
        spread = unicodedata.normalize("NFD", c)
        tone = "".join(mark for mark in spread if mark in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(m for m in spread if m not in tone))
        written += bare.encode("cp1258") + tone.encode("cp1258")
    return written


WRITERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "cp1258": cp1258,
    "tcvn3": lambda text: tcvn3(text).encode("cp1252"),
    "vni": lambda text: vni(text).encode("cp1252"),
}

HEADING = "Tỉnh;Chỉ tiêu;Kết quả;Ghi chú\r\n"
TABLE = HEADING + 'Cần Thơ;1a;20;"hai\nhàng"\r\nSóc Trăng;1a;26;đã kiểm tra\r\n'


REGISTER = tomllib.loads((TESTS.parent / "htx_cli/data/register.toml").read_text(encoding="utf-8"))
PROVINCES = sorted({p["name"] for group in REGISTER["groups"] for p in group["provinces"]})
TITLES = (
    "Số HTX thành lập mới",
    "Tỷ lệ HTX hoạt động hiệu quả",
    "Cán bộ quản lý HTX được đào tạo, bồi dưỡng",
    "Thành viên Liên minh HTX tỉnh",
    "Có Quỹ hỗ trợ phát triển HTX",
    "Mô hình HTX gắn với chuỗi giá trị quy mô lớn",
)
_SYLLABLES = """
nghiêng khuya quyết khuỷu giếng ngoài nước chuyển hoạch thuế muỗi rượu cưỡi xoăn quẹo huỳnh toàn hoà hòa thuý thúy ngoằn giữa gìn
quốc yếu uống ưa ách ấp ớt ý đẹp rễ sữa mỡ lỗ kỹ lũ tã hủ
"""
_TONED = """
ài ánh ường ổi ựt ấp iếng uyển oái ẫn ệch ịu ộng ợp úc ừa ửi ữu ỷ ẹo ẽ ắc ằm ẳng ặt õ uốc uẩn oạn
"""
GENERATED = {
    onset + rhyme
    for onset in (
        "",
        *[
            "b",
            "ch",
            "d",
            "đ",
            "h",
            "kh",
            "l",
            "m",
            "n",
            "ng",
            "nh",
            "ph",
            "qu",
            "s",
            "t",
            "th",
            "tr",
            "v",
            "x",
        ],
    )
    for rhyme in _TONED.split()
    if onset != "qu" or rhyme[0] not in "uoọòóỏõôốồổỗộúùủũụưứừửữựơớờởỡợ"
}
WORDS = sorted(
    {w for t in (*PROVINCES, *TITLES) for w in t.replace(",", "").split()}
    | {*_SYLLABLES.split()}
    | GENERATED
)


CASES: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper)
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(CASES)).map(lambda pair: pair[1](pair[0])),
    max_size=30,
).map(" ".join)
