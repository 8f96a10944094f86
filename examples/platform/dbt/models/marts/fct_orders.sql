with order_values as (
    select
        order_id,
        sum(quantity * unit_price_eur) as order_value_eur
    from {{ ref('stg_order_items') }}
    group by order_id
)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_on,
    orders.status,
    order_values.order_value_eur,
    order_values.order_value_eur >= {{ var('large_order_eur') }} as is_large
from {{ ref('stg_orders') }} as orders
join order_values on order_values.order_id = orders.order_id
