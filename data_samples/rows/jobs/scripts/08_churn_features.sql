-- 退会予測モデルの学習データ
INSERT INTO customer_model_features (customer_id, age, sex, prefecture, f_frequency)
SELECT c.id, date_part('year', age(c.birth)), s.name, p.name, count(o.id)
FROM dtb_customer c
JOIN mtb_sex s ON s.id = c.sex_id
JOIN mtb_pref p ON p.id = c.pref_id
LEFT JOIN dtb_order o ON o.customer_id = c.id
GROUP BY 1, 2, 3, 4;
