select
    cast(order_id as integer) as order_id,
    cast(customer_id as integer) as customer_id,
    cast(ordered_on as date) as ordered_on,
    status
from {{ source('raw', 'orders') }}
