select
    cast(product_id as integer) as product_id,
    name as product_name,
    category,
    {{ cents_to_euros('price_cents') }} as list_price_eur
from {{ source('raw', 'products') }}
