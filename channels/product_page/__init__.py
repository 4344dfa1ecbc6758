"""What a page of the shop that shows a product asks, through the widget."""
