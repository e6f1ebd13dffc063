"""What ships in the box: plugins like any other, through ``followup.api`` alone."""
