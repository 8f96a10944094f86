select
    cast(customer_id as integer) as customer_id,
    first_name || ' ' || last_name as full_name,
    email,
    country_code,
    cast(signed_up_on as date) as signed_up_on
from {{ source('raw', 'customers') }}
