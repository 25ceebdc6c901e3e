enum MattersMarker {}
