"""Document → one accessible page of HTML, or an e-mail."""
