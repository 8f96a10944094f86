select
    orders.ordered_on,
    customers.country_name,
    count(*) as orders,
    sum(orders.order_value_eur) as revenue_eur
from {{ ref('fct_orders') }} as orders
join {{ ref('dim_customers') }} as customers on customers.customer_id = orders.customer_id
where orders.status != 'returned'
group by orders.ordered_on, customers.country_name
