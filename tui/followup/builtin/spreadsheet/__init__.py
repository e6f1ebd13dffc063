"""Reading tables that people made: any CSV with a header row becomes applications."""
