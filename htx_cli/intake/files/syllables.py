"""Vietnamese syllables: they tell a text that was decoded rightly from one that was not.

A syllable is an onset, a rhyme and at most one tone. The shapes are those of the quốc ngữ
orthography (public knowledge, as in any school grammar); the known words are the provinces' names
and the words that stand in the headings of the tables that provinces send.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền sắc ngã hỏi nặng
_STOPPED_TONES = frozenset("\u0301\u0323")  # the only ones before a final c, ch, p or t
_ONSETS_WRITTEN = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS = ("", *_ONSETS_WRITTEN.split())
_RHYMES_WRITTEN = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu
y ych ynh yt yêm yên yêng yêt yêu
o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uya uych
uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
_RHYMES = frozenset(_RHYMES_WRITTEN.split())
_VOWELS, _MARKED = "aăâeêioôơuưy", "ăâêôơư"
_LETTERS = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_GLUED = re.compile(r"[A-Za-z][^\w\s.,;:'’“”‘()\[\]/\\&+*=<>%-][A-Za-z]")

_KNOWN_WRITTEN = """
    giang bắc kạn bạc liêu ninh bến tre bình định dương phước thuận cà mau cần thơ cao bằng đà nẵng
    đắk đắc lắk lắc nông điện biên đồng nai tháp gia hà nam nội tĩnh hải phòng hậu hòa hoà hưng yên
    khánh kiên kon tum lai châu lâm lạng sơn lào cai long nghệ phú thọ quảng bình ngãi trị sóc trăng
    tây thái nguyên thanh hóa hoá thừa thiên huế tiền trà vinh tuyên quang vĩnh phúc vũng tàu hồ chí
    tỉnh thành phố đơn vị chỉ tiêu mã kết quả thực hiện kế hoạch ước số gốc tổng cộng tỷ tỉ lệ ngày
    tháng năm cụm thi đua liên hiệp hợp tác xã tổ viên nguồn ghi chú tên loại liệu trên báo cáo quý
    bà rịa yên bái đến đạt không có chưa của và được giao mới lập hoạt động hiệu
    """
KNOWN = frozenset(_KNOWN_WRITTEN.split())


def points(word: str) -> int:
    """Score a word for its decoding: 3 known, 1 possible, 0 says nothing, -2 impossible.

    Words in plain ASCII say nothing: they read the same in every encoding.
    """
    parts = [part for part in _LETTERS.findall(word) if not part.isascii()]
    if "\ufffd" in word or _GLUED.search(word) or not all(map(_possible, parts)):
        return -2
    if any(part.lower() in KNOWN for part in parts):
        return 3
    return 1 if parts else 0


def _possible(word: str) -> bool:
    return _one_case(word) and (word.lower() in KNOWN or _shaped(word.lower()))


def _one_case(word: str) -> bool:
    """Lower, UPPER or Title; or capitals among which toned letters are small, as TCVN3 has them."""
    if word in (word.lower(), word.upper()) or (word[0].isupper() and word[1:] == word[1:].lower()):
        return True
    return all(c in _PLAIN_CAPITALS if c.isupper() else not c.isascii() for c in word)


_PLAIN_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂÊÔƠƯĐ")


def _shaped(word: str) -> bool:
    """Tell whether a small word is onset, rhyme and at most one tone, which stands where it may."""
    bare, tones = "", {}
    for c in unicodedata.normalize("NFC", word):
        spread = unicodedata.normalize("NFD", c)
        for tone in _TONES & set(spread):
            tones[len(bare)] = tone
            spread = spread.replace(tone, "")
        bare += unicodedata.normalize("NFC", spread)
    if len(tones) > 1:
        return False
    if bare.endswith(("c", "ch", "p", "t")) and not _STOPPED_TONES & set(tones.values()):
        return False
    return any(set(tones) <= seats for seats in _tone_seats(bare))


@lru_cache(maxsize=4096)
def _tone_seats(bare: str) -> tuple[set[int], ...]:
    """Return, for every way in which the letters are onset and rhyme, where a tone may stand."""
    found = []
    for onset in _ONSETS:
        rhyme = bare[len(onset) :]
        if bare.startswith(onset) and rhyme in _RHYMES:
            found.append({len(onset) + at for at in _seats_in(rhyme)})
        if onset == "g" and bare.startswith("gi") and "i" + bare[2:] in _RHYMES:
            found.append({1 + at for at in _seats_in("i" + bare[2:])})
    return tuple(found)


def _seats_in(rhyme: str) -> set[int]:
    """The letters of a rhyme that may bear its tone: hoà and hòa, nghèo, muốn, toàn, ngoài."""
    vowels = [at for at, c in enumerate(rhyme) if c in _VOWELS]
    marked = [at for at in vowels if rhyme[at] in _MARKED]
    if marked:
        return {marked[-1]}
    if rhyme in ("oa", "oe", "uy"):
        return {0, 1}
    closed = rhyme[-1] not in _VOWELS
    return {vowels[-1] if closed else vowels[1 if len(vowels) == 3 else 0]}
