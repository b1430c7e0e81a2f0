"""How the Alliance of a province is addressed in an official paper."""

from htx_cli.domain.model import Province
from htx_cli.output.layout import clean
from htx_cli.text.words import t

_NAMED_AFTER_A_PERSON = (
    "79"  # Thành phố Hồ Chí Minh: Decree 30/2020/NĐ-CP, Appendix II, writes it so
)


def alliance(province: Province) -> str:
    """The Cooperative Alliance of a province or city; a unit that no register has is named as it is."""
    name = clean(province.name)
    if province.code == _NAMED_AFTER_A_PERSON:
        return t("the Cooperative Alliance of the City of {name}", name=name)
    if province.is_city:
        return t("the Cooperative Alliance of the city of {name}", name=name)
    if province.code:
        return t("the Cooperative Alliance of the province of {name}", name=name)
    return t("the Cooperative Alliance of {name}", name=name)
