enum DemoMarker {}
