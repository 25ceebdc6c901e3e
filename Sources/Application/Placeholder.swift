import Hummingbird
import AsyncHTTPClient
import Metrics
import Crypto
enum M {}
