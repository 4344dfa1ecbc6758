"""Vouchers: money of the shop that is given away by a code."""
