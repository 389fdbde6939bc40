"""The small parts that pages are made of: buttons, cards, tags, fields, tables. They know no case and no deed."""
