"""What a bank says happened on an account between two days."""

from octavo.domain.template import DocumentType, FieldRule, FieldSpec, FieldType

CATEGORIES = (
    "salary",
    "benefits",
    "refund",
    "interest",
    "investment",
    "rent",
    "mortgage",
    "loan",
    "utilities",
    "telecom",
    "insurance",
    "taxes",
    "fees",
    "groceries",
    "dining",
    "shopping",
    "fuel",
    "transport",
    "travel",
    "health",
    "education",
    "entertainment",
    "subscriptions",
    "donation",
    "card_payment",
    "cash_withdrawal",
    "cash_deposit",
    "check",
    "transfer",
)
"""What a booking is for, or, where nothing says that, how the money went."""

TRANSACTIONS = FieldSpec(
    "transactions",
    FieldType.ARRAY,
    "Every booking, in the order of the document, over all pages.",
    fields=(
        FieldSpec(
            "date", FieldType.DATE, "Of the booking; the year comes from the period where it is not printed."
        ),
        FieldSpec("value_date", FieldType.DATE),
        FieldSpec("description", FieldType.TEXT, "All lines of it, joined by spaces."),
        FieldSpec(
            "reference", FieldType.STRING, "What a column of its own says: a reference, a cheque's number."
        ),
        FieldSpec("debit", FieldType.MONEY, "Positive: what left the account."),
        FieldSpec("credit", FieldType.MONEY, "Positive: what came in."),
        FieldSpec("amount", FieldType.MONEY, "Signed: negative leaves the account."),
        FieldSpec("balance", FieldType.MONEY, "After the booking, where it is printed."),
        FieldSpec(
            "category",
            FieldType.ENUM,
            "What it is for, by the words of its description; never printed.",
            values=CATEGORIES,
        ),
    ),
)

BANK_STATEMENT = DocumentType(
    name="bank_statement",
    title="Bank statement",
    description="Bookings on a bank, savings or card account with the balances around them.",
    fields=(
        FieldSpec("bank_name", FieldType.STRING),
        FieldSpec("bic", FieldType.BIC),
        FieldSpec("account_holder", FieldType.STRING),
        FieldSpec("account_number", FieldType.IDENTIFIER, "As printed; masked digits stay masked."),
        FieldSpec("iban", FieldType.IBAN),
        FieldSpec("sort_code", FieldType.IDENTIFIER, "Sort code, routing number, BLZ, IFSC."),
        FieldSpec("account_type", FieldType.STRING),
        FieldSpec("currency", FieldType.CURRENCY, "ISO 4217."),
        FieldSpec("statement_number", FieldType.IDENTIFIER),
        FieldSpec("period_start", FieldType.DATE),
        FieldSpec("period_end", FieldType.DATE),
        FieldSpec("opening_balance", FieldType.MONEY, "Signed: negative is overdrawn.", required=True),
        FieldSpec("closing_balance", FieldType.MONEY, "Signed: negative is overdrawn.", required=True),
        FieldSpec("total_credits", FieldType.MONEY, "Positive."),
        FieldSpec("total_debits", FieldType.MONEY, "Positive."),
        TRANSACTIONS,
    ),
    rules=(
        FieldRule(
            "opening_balance + sum(transactions.amount) == closing_balance",
            "The bookings do not lead from the opening to the closing balance.",
        ),
    ),
)
