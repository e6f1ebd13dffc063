"""The file formats that applications are written in: JSON, CSV, Markdown and iCalendar."""
