select id as customer_id, birth, sex_id, pref_id from {{ source('shop', 'customers') }}
