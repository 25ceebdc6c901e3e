enum DirectoryMarker {}
