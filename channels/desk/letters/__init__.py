"""What customers are written to about what agents have done for them."""
