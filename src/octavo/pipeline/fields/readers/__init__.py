"""From text to typed values: numbers, money, dates, codes with check digits, contacts."""
