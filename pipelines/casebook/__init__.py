"""The casebook (開示等請求受付・対応台帳): a request from intake to the written answer. Never a Prefect flow.

`book` keeps the cases, `opening` their file and `sealing` their keys; `chain` binds the audit, `accounts` says who is
who, `keeping` verifies, rotates, backs up and erases. `draft`, `receiving`, `intake`, `fees`, `days` and `repeats` are
the rules of intake; `progress` and `gates` the steps after it, which know no store and no clock. `withdrawing` and
`redelivery` are how it ends otherwise; `addressees` and `corrections` what a change has to reach.
"""
