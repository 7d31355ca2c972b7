"""Are these two the same person? Names, dates, phones, mails and addresses brought to a form that compares."""
