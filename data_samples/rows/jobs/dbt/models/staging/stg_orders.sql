select o.customer_id, o.order_date, i.product_name, i.price * i.quantity as amount
from {{ source('shop', 'orders') }} o
join {{ source('shop', 'order_items') }} i on i.order_id = o.id
{% if is_incremental() %} where o.order_date > (select max(order_date) from {{ this }}) {% endif %}
