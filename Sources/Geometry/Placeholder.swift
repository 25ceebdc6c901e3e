enum GeometryMarker {}
