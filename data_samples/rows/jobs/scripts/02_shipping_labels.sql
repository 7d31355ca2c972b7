-- 送り状の作成。運送会社に渡すファイルを毎日15時に書き出す
CREATE TEMP TABLE okurijo AS
SELECT o.order_no, o.name01, o.name02, o.postal_code, o.addr01, o.addr02, o.phone_number
FROM dtb_order o
WHERE o.order_date >= now() - interval '1 day';

\copy okurijo to '/srv/haiso/okurijo.csv' with csv header
