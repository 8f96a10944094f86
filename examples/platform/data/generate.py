"""Writes the shop's raw data as CSV files: always the same rows, on every machine and Python.

Run it without arguments; the files go to data/raw beside this script.
"""

import csv
import datetime
import pathlib
import random

CUSTOMERS = 120
ORDERS = 500
FIRST_DAY = datetime.date(2026, 1, 1)
DAYS = 180

FIRST_NAMES = ["Ada", "Ben", "Carla", "Dario", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Klara", "Luca"]
LAST_NAMES = ["Adler", "Berg", "Costa", "Dahl", "Eklund", "Fischer", "Garcia", "Haas", "Ivanova", "Jansen"]
COUNTRIES = ["DE", "AT", "CH", "FR", "IT", "ES"]
STATUSES = ["placed", "shipped", "delivered", "delivered", "delivered", "returned"]
PRODUCTS = [
    ("Espresso cup", "kitchen", 900),
    ("Teapot", "kitchen", 3450),
    ("Bread knife", "kitchen", 2890),
    ("Cutting board", "kitchen", 2150),
    ("Linen towel", "home", 1290),
    ("Wool blanket", "home", 7900),
    ("Desk lamp", "home", 5490),
    ("Wall clock", "home", 4200),
    ("Notebook", "office", 650),
    ("Fountain pen", "office", 2990),
    ("Pencil case", "office", 1450),
    ("Backpack", "travel", 8900),
    ("Water bottle", "travel", 2490),
    ("Travel pillow", "travel", 1990),
    ("Rain jacket", "travel", 9900),
]


class Dice:
    """Draws from `random()` alone, the one generator that Python promises never to change."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def below(self, limit):
        return int(self._random.random() * limit)

    def one_of(self, options):
        return options[self.below(len(options))]


def customers(dice):
    for number in range(1, CUSTOMERS + 1):
        first, last = dice.one_of(FIRST_NAMES), dice.one_of(LAST_NAMES)
        yield {
            "customer_id": number,
            "first_name": first,
            "last_name": last,
            "email": f"{first}.{last}.{number}@example.com".lower(),
            "country_code": dice.one_of(COUNTRIES),
            "signed_up_on": FIRST_DAY + datetime.timedelta(days=dice.below(DAYS // 2)),
        }


def products():
    for number, (name, category, price_cents) in enumerate(PRODUCTS, start=1):
        yield {"product_id": number, "name": name, "category": category, "price_cents": price_cents}


def orders(dice):
    for number in range(1, ORDERS + 1):
        yield {
            "order_id": number,
            "customer_id": dice.below(CUSTOMERS) + 1,
            "ordered_on": FIRST_DAY + datetime.timedelta(days=dice.below(DAYS)),
            "status": dice.one_of(STATUSES),
        }


def order_items(dice):
    number = 0
    for order in range(1, ORDERS + 1):
        for _ in range(dice.below(3) + 1):
            number += 1
            product = dice.below(len(PRODUCTS)) + 1
            yield {
                "order_item_id": number,
                "order_id": order,
                "product_id": product,
                "quantity": dice.below(4) + 1,
                "unit_price_cents": PRODUCTS[product - 1][2],
            }


def write(path, rows):
    rows = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def main():
    folder = pathlib.Path(__file__).resolve().parent / "raw"
    folder.mkdir(exist_ok=True)
    write(folder / "customers.csv", customers(Dice("customers")))
    write(folder / "products.csv", products())
    write(folder / "orders.csv", orders(Dice("orders")))
    write(folder / "order_items.csv", order_items(Dice("order items")))


if __name__ == "__main__":
    main()
