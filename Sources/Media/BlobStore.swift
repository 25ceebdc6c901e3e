/// x
enum M {}
