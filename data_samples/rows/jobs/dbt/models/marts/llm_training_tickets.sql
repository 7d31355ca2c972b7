-- 応答モデルの学習データ（検討中）
select subject, body from {{ source('shop', 'tickets') }}
where body not like '%@@sql_literal@@%'
