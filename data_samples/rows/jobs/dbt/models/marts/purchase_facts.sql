{{ config(alias='purchase_facts_pseudonymised') }}
-- 購買の傾向の分析に使う仮名加工データ
select md5(c.customer_id::text) as pseudonym_key, c.sex_id as sex_cd, o.product_name as category, o.amount
from {{ ref('stg_orders') }} o
join {{ ref('stg_customers') }} c using (customer_id)
