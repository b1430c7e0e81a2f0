"""How the parts of a journal record are written: a figure, a file, a place in it, a hash."""

from decimal import Decimal

from htx_cli.domain.changes import Place, Record, SourceFile
from htx_cli.output.layout import clean
from htx_cli.text.words import BASIS_WORDS, number, t


def figure_of(record: Record, yes_no: bool, with_base: bool = True) -> str:
    """The figure in a journal record, as a person writes it."""
    guess = f" ({t(BASIS_WORDS['estimate'])})" if record["basis"] == "estimate" else ""
    if record["rate"] is not None:
        return f"{number_of(record['rate'])}%{guess}"
    if yes_no:
        return f"{t('yes') if record['value'] else t('no')}{guess}"
    text = number_of(record["value"])
    if record["of"] is not None:
        text += f" / {number_of(record['of'])}"
    if with_base and record["base"] is not None:
        text += f" ({t('base')} {number_of(record['base'])})"
    return text + guess


def number_of(value: float) -> str:
    """A number of a record, as a person reads it."""
    return number(Decimal(repr(value)))


def place_words(place: Place) -> str:
    """Where in a file a figure stood: `kq.xlsx, sheet Quý 2, B7`."""
    parts = [clean(place.file)] if place.file else []
    if place.sheet:
        parts.append(t("sheet {name}", name=place.sheet))
    if place.cell:
        parts.append(place.cell)
    elif place.row:
        parts.append(t("row {row}", row=str(place.row)))
    return ", ".join(parts)


def file_words(file: SourceFile) -> str:
    """A file with its size and its hash."""
    size = number(Decimal(file.size))
    return t("{name}, {size} bytes, SHA-256 {hash}", name=file.name, size=size, hash=file.sha256)
