import Storage

/// The files of boundaries on trial, and what every change of an area took the place of.
enum AreaMigrations {
    static let all = [
        Migration(
            "directory-012-area-import",
            """
            CREATE TABLE area_import (
                town_id ID NOT NULL, id ID NOT NULL, account_id ID, post TEXT NOT NULL, file_name TEXT NOT NULL, content BYTES,
                state TEXT NOT NULL, grids INT NOT NULL, created_at INSTANT NOT NULL, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id) REFERENCES town (town_id))
            """,
            "CREATE INDEX area_import_time ON area_import (town_id, created_at, id)",
            """
            CREATE TABLE grid_area_former (
                town_id ID NOT NULL, event_id ID NOT NULL, grid_id ID NOT NULL, import_id ID, geometry TEXT, is_synthetic FLAG NOT NULL,
                changes INT NOT NULL, PRIMARY KEY (town_id, event_id), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id),
                FOREIGN KEY (town_id, import_id) REFERENCES area_import (town_id, id))
            """,
            "CREATE INDEX grid_area_former_grid ON grid_area_former (town_id, grid_id, changes)",
            "CREATE INDEX grid_area_former_import ON grid_area_former (town_id, import_id)")
    ]
}
