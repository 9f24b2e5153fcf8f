"""Words that give the kind of a field away, as its whole name or at its end."""

from __future__ import annotations

from flows.contracts import FieldKind

HEADS: dict[FieldKind, str] = {
    FieldKind.EMAIL: "email mail",
    FieldKind.PHONE: "phone telephone mobile cellphone fax tel landline",
    FieldKind.LINK: "website homepage url link webpage blog",
    FieldKind.IMAGE: (
        "photo picture image logo avatar portrait photograph poster thumbnail icon screenshot selfie "
        "illustration banner headshot drawing"
    ),
    FieldKind.FILE: (
        "file attachment document pdf contract cv resume scan upload certificate transcript "
        "manuscript recording spreadsheet slides"
    ),
    FieldKind.MONEY: (
        "price fee cost amount salary wage budget deposit fare rent payment balance revenue charge "
        "income expense turnover refund discount donation premium tariff bonus penalty fine"
    ),
    FieldKind.DATE: "date birthday day deadline anniversary birthdate dob",
    FieldKind.DATE_AND_TIME: "timestamp datetime departure arrival",
    FieldKind.DURATION: "duration runtime",
    FieldKind.NUMBER: (
        "count quantity star age year capacity floor score points rank stock mileage seats pages "
        "pieces copies units attempts minutes hours days weeks months attendees participants places "
        "guests visitors rooms beds people persons players members goals attendance"
    ),
    FieldKind.DECIMAL: (
        "weight height width length depth distance percentage temperature latitude longitude area "
        "volume speed altitude dosage dose"
    ),
    FieldKind.LONG_TEXT: (
        "description note comment remark biography bio message details summary instruction text body "
        "content synopsis abstract feedback observation explanation story recipe ingredient agenda "
        "anamnesis finding announcement direction allergies"
    ),
    FieldKind.IDENTIFIER: ("number iban bic isbn issn ean sku vin code barcode plate id ssn uuid slug"),
}
"""Kind → last words of a name, each also in the plural when it is a singular here."""

PHRASES: dict[FieldKind, str] = {
    FieldKind.LONG_TEXT: """
        about me | about | minutes | cover letter | medical history | house rules | special needs |
        special requests | text | content
    """,
    FieldKind.IDENTIFIER: "license plate | licence plate",
    FieldKind.TEXT: """
        postal code | post code | postcode | zip code | zip | house number | room number | full name |
        opening hours | business hours | price range | birth place | place of birth | site
    """,
    FieldKind.PHONE: """
        phone number | telephone number | mobile number | cell number | fax number | contact number |
        emergency number | whatsapp number | cell phone
    """,
    FieldKind.EMAIL: "e mail | e mail address | email address | mail address",
    FieldKind.LINK: "web address | web page | web site | home page",
    FieldKind.DATE: "date of birth",
    FieldKind.DATE_AND_TIME: "date and time",
    FieldKind.MONEY: """
        hourly rate | daily rate | day rate | nightly rate | monthly rate | rate | total | total price |
        subtotal | entry fee
    """,
    FieldKind.YES_NO: "newsletter",
    FieldKind.NUMBER: "page count | max pets | party size | group size | team size",
    FieldKind.DURATION: """
        running time | run time | travel time | preparation time | cooking time | playing time | waiting
        time
    """,
    FieldKind.IMAGE: "cover",
}
"""Kind → whole names, or several last words of one."""
