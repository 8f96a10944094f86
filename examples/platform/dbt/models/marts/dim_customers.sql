with order_totals as (
    select
        customer_id,
        count(*) as orders,
        sum(order_value_eur) as revenue_eur,
        max(ordered_on) as last_ordered_on
    from {{ ref('fct_orders') }}
    where status != 'returned'
    group by customer_id
)

select
    customers.customer_id,
    customers.full_name,
    customers.email,
    countries.country_name,
    customers.signed_up_on,
    coalesce(order_totals.orders, 0) as orders,
    coalesce(order_totals.revenue_eur, 0) as revenue_eur,
    order_totals.last_ordered_on
from {{ ref('stg_customers') }} as customers
left join {{ ref('countries') }} as countries on countries.country_code = customers.country_code
left join order_totals on order_totals.customer_id = customers.customer_id
