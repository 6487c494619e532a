"""Points of the curves; written by `python -m benchmarks.accuracy.fields --fit`, never by hand."""

from collections.abc import Mapping
from types import MappingProxyType

CURVES: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        "invoice.amount_due": ((0.97, 0.98),),
        "invoice.amount_due.verified": ((0.97, 0.98),),
        "invoice.buyer.city": ((0.93, 0.98),),
        "invoice.buyer.name": ((0.93, 0.9355),),
        "invoice.buyer.postal_code": ((0.93, 0.98),),
        "invoice.currency": ((0.9406, 0.98),),
        "invoice.invoice_date": ((0.9834, 0.98),),
        "invoice.invoice_number": ((0.9903, 0.98),),
        "invoice.line_items.amount": ((0.97, 0.98),),
        "invoice.line_items.amount.verified": ((0.97, 0.98),),
        "invoice.line_items.description": ((0.85, 0.9241),),
        "invoice.line_items.quantity": ((0.9516, 0.98),),
        "invoice.line_items.quantity.verified": ((0.97, 0.98),),
        "invoice.line_items.unit_price": ((0.9509, 0.98),),
        "invoice.line_items.unit_price.verified": ((0.97, 0.98),),
        "invoice.seller.city": ((0.93, 0.98),),
        "invoice.seller.name": ((0.93, 0.875),),
        "invoice.seller.postal_code": ((0.93, 0.98),),
        "invoice.subtotal": ((0.97, 0.98),),
        "invoice.subtotal.verified": ((0.97, 0.98),),
        "invoice.tax_total": ((0.97, 0.98),),
        "invoice.tax_total.verified": ((0.97, 0.98),),
        "invoice.total": ((0.97, 0.98),),
        "invoice.total.verified": ((0.97, 0.98),),
        "receipt.date": ((0.7714, 0.9721), (0.924, 0.98)),
        "receipt.merchant.address": ((0.7585, 0.5444), (0.981, 0.8179)),
        "receipt.merchant.name": ((0.7177, 0.8968), (0.938, 0.9422), (1.0, 0.9546)),
        "receipt.total": ((0.9073, 0.9667),),
        "receipt.total.verified": ((0.9569, 0.9512),),
    }
)
