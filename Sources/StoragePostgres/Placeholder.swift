enum StoragePostgresMarker {}
