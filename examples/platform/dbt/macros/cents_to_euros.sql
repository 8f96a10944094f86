{% macro cents_to_euros(column) -%}
    cast(cast({{ column }} as integer) / 100.0 as decimal(12, 2))
{%- endmacro %}
