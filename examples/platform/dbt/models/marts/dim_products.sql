with sold as (
    select
        product_id,
        sum(quantity) as units_sold,
        sum(quantity * unit_price_eur) as revenue_eur
    from {{ ref('stg_order_items') }}
    group by product_id
)

select
    products.product_id,
    products.product_name,
    products.category,
    products.list_price_eur,
    coalesce(sold.units_sold, 0) as units_sold,
    coalesce(sold.revenue_eur, 0) as revenue_eur
from {{ ref('stg_products') }} as products
left join sold on sold.product_id = products.product_id
