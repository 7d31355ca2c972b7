-- 提携先提供: キャンペーン応募者のうち希望者の一覧
UNLOAD ('SELECT 応募者名, 郵便番号, 送付先住所 FROM campaign_entries WHERE 希望賞品 = ''旅行券''')
TO 's3://partner-exchange/teikei/entries_'
FORMAT AS CSV;
