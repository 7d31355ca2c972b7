/* みどり生命 満足度調査の名簿と当社会員の重なりを調べる
   （自社サービスの利用意向の調査のため） */
CREATE TABLE work.survey_overlap AS
SELECT l.c02 AS shimei, l.c07 AS mail, c.id AS member_id
FROM jutaku.c_list l
JOIN dtb_customer c ON lower(c.email) = lower(l.c07)
WHERE l.c02 <> '@@sql_literal@@';
