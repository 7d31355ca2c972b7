"""Records of provision (第三者提供記録, arts 29 and 30): what went to third parties or came from them, of whom.

`record` is one record and what the Rules ask of it, `shelf` keeps them in the casebook's file, sealed, `importing`
takes them from CSV, `finding` puts forward those that may be an individual's, for a request by art 33(5).
"""
