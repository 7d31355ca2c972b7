-- 問い合わせ対応: @@sql_comment@@ さんの登録を確かめる
SELECT i.id, i.subject AS @@sql_alias@@
FROM inquiries i
WHERE i.name = '@@sql_literal@@' OR i.body LIKE '%@@sql_literal@@%';

SELECT FROM (((
