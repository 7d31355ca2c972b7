-- セミナーの共催者（一般社団法人もみじ協会）に参加者の一覧を渡す
COPY (
  SELECT 参加者氏名, メールアドレス
  FROM event_participants
  WHERE セミナー名 LIKE '%共催%'
) TO '/srv/kyosai/participants.csv' WITH CSV;
