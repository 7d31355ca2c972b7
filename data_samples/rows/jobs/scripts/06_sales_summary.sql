-- 日別の売上
INSERT INTO sales_daily (day, product_id, amount)
SELECT date(o.order_date), i.product_id, sum(i.price * i.quantity)
FROM dtb_order o JOIN dtb_order_item i ON i.order_id = o.id
GROUP BY 1, 2;
