"""What `daicho request` asks and says at the terminal; imported inside the commands."""
