import GRDB
enum M {}
