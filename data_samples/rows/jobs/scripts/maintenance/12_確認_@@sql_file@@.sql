-- 一件ずつの確認（使い終えたら消す）
SELECT count(*) FROM inquiries WHERE name LIKE '%@@sql_literal@@%';
