-- 弁護士検索ページの公開データを作り直す
DELETE FROM lawyer_public_directory;
INSERT INTO lawyer_public_directory (lawyer_id, name, name_kana, bar_association, registration_no, office_name)
SELECT 会員番号, 氏名, フリガナ, 所属弁護士会, 登録番号, 事務所名 FROM kaiin_bengoshi;
