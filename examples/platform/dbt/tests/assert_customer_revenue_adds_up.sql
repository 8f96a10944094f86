-- The customers' revenue is that of all orders which were not returned.
with by_customer as (
    select sum(revenue_eur) as revenue_eur from {{ ref('dim_customers') }}
),

by_order as (
    select sum(order_value_eur) as revenue_eur from {{ ref('fct_orders') }} where status != 'returned'
)

select by_customer.revenue_eur, by_order.revenue_eur as expected_eur
from by_customer
cross join by_order
where by_customer.revenue_eur is distinct from by_order.revenue_eur
