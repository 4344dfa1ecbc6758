"""What a customer had begun with the assistant when a person took over."""
