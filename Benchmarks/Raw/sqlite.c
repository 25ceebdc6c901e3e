// sqlite FILE SECONDS: what one connection commits raw. One row a commit, a prepared statement, the product's own settings
// (WAL, synchronous=FULL). Prints commits a second.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void check(int code, int wanted, sqlite3 *db) {
    if (code == wanted) return;
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
    exit(1);
}

int main(int count, char **words) {
    if (count != 3) return 64;
    sqlite3 *db;
    sqlite3_stmt *insert;
    check(sqlite3_open(words[1], &db), SQLITE_OK, db);
    check(sqlite3_exec(db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;"
                       "PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456;"
                       "CREATE TABLE IF NOT EXISTS raw_row (id INTEGER PRIMARY KEY, words TEXT NOT NULL)",
                       NULL, NULL, NULL),
          SQLITE_OK, db);
    check(sqlite3_prepare_v3(db, "INSERT INTO raw_row (words) VALUES (?)", -1, SQLITE_PREPARE_PERSISTENT, &insert, NULL), SQLITE_OK, db);
    check(sqlite3_bind_text(insert, 1, "路灯不亮，晚上走路看不见。", -1, SQLITE_STATIC), SQLITE_OK, db);
    double start = now(), end = start + atof(words[2]), last = start;
    long commits = 0;
    while (last < end) {
        check(sqlite3_step(insert), SQLITE_DONE, db);
        sqlite3_reset(insert);
        commits++;
        last = now();
    }
    printf("%.1f\n", commits / (last - start));
    sqlite3_finalize(insert);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
