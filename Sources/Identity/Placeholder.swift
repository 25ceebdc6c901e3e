enum IdentityMarker {}
