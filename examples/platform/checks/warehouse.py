"""Checks what a load and a build have left in the warehouse: that nothing was lost on the way.

Run from the platform's folder with the interpreter of dbt's environment, which has DuckDB:

    .venvs/dbt/bin/python checks/warehouse.py
"""

import sys

import duckdb

CHECKS = [
    (
        "every order that was loaded is in the marts",
        "select (select count(*) from raw.orders) = (select count(*) from main_marts.fct_orders)",
    ),
    (
        "every customer that was loaded is in the marts",
        "select (select count(*) from raw.customers) = (select count(*) from main_marts.dim_customers)",
    ),
    ("every day with sales has revenue", "select count(*) > 0 and min(revenue_eur) > 0 from main_marts.daily_sales"),
]


def main(path: str) -> int:
    failed = 0
    with duckdb.connect(path, read_only=True) as warehouse:
        for what, query in CHECKS:
            holds = bool(warehouse.execute(query).fetchone()[0])
            failed += not holds
            print(f"{'ok' if holds else 'ERROR'}: {what}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "warehouse/shop.duckdb"))
