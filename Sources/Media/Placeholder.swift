enum MediaMarker {}
