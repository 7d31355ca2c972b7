-- 配信停止の申し出を反映する
UPDATE mail_send_list SET unsubscribed = 1 WHERE email = '@@sql_mail@@';
DELETE FROM mail_send_list WHERE unsubscribed = 1; -- @@sql_comment@@ さんの申し出の分まで済み
