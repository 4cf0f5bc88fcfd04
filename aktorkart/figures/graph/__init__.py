"""What figures of marks and ties are drawn with."""
