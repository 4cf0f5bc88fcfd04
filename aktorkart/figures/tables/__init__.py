"""What figures of fields, lists and cells are drawn with."""
