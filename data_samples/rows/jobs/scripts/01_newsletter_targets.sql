-- メルマガ配信対象の抽出（毎週月曜、会員への新刊案内）
TRUNCATE mail_send_list;

INSERT INTO mail_send_list (member_id, name, email, list_name, optin_at)
SELECT c.id, c.name01 || ' ' || c.name02, c.email, '新刊案内', c.update_date
FROM dtb_customer c
WHERE c.customer_status_id = 2
  AND c.email <> '@@sql_mail@@';

COPY mail_send_list (name, email) TO '/srv/mail/newsletter.csv' WITH (FORMAT csv, HEADER);
