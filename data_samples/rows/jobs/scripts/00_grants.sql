-- 権限だけの設定（行は読まない）
GRANT SELECT ON ALL TABLES IN SCHEMA public TO batch;
SET search_path TO public;
