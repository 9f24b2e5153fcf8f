"""The currencies in use (ISO 4217): their codes, signs and names."""

from __future__ import annotations

from flows.language.plurals import singular

_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())

SIGNS: dict[str, str] = {
    "\u20ac": "EUR",
    "$": "USD",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "\u20b9": "INR",
    "\u20bd": "RUB",
    "\u20a9": "KRW",
    "\u20ba": "TRY",
    "\u20b4": "UAH",
    "\u20aa": "ILS",
    "\u20ab": "VND",
    "\u20a6": "NGN",
    "\u20b1": "PHP",
    "\u0e3f": "THB",
}
"""Sign → code."""

NAMES: dict[str, str] = {
    "euro": "EUR",
    "us dollar": "USD",
    "american dollar": "USD",
    "dollar": "USD",
    "pound": "GBP",
    "british pound": "GBP",
    "pound sterling": "GBP",
    "sterling": "GBP",
    "swiss franc": "CHF",
    "franc": "CHF",
    "yen": "JPY",
    "rupee": "INR",
    "indian rupee": "INR",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "singapore dollar": "SGD",
    "hong kong dollar": "HKD",
    "swedish krona": "SEK",
    "swedish kronor": "SEK",
    "norwegian krone": "NOK",
    "norwegian kroner": "NOK",
    "danish krone": "DKK",
    "danish kroner": "DKK",
    "zloty": "PLN",
    "forint": "HUF",
    "czech crown": "CZK",
    "czech koruna": "CZK",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rand": "ZAR",
    "brazilian real": "BRL",
    "mexican peso": "MXN",
    "turkish lira": "TRY",
    "shekel": "ILS",
    "dirham": "AED",
    "naira": "NGN",
    "kenyan shilling": "KES",
    "baht": "THB",
}
"""A currency's name in the singular, lower case → code."""

_AMBIGUOUS = frozenset({"ALL", "TOP", "TRY", "CUP", "MAD", "BOB", "LAK", "ANG", "GEL", "PEN", "SOS"})
"""Codes that are words as well."""


def code_of(written: str, *, certain: bool) -> str:
    """The code of a currency, '' when the words name none; `certain`: nothing but a currency fits here."""
    upper = written.upper()
    is_word = upper in _AMBIGUOUS and not (certain and written == upper)
    if upper in CURRENCIES and (certain or written == upper) and not is_word:
        return upper
    return SIGNS.get(written) or (NAMES.get(singular(written.lower()), "") if certain else "")
