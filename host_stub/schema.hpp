/// The host's tables. A newer schema than the program's is refused, an older one is brought forward.
#pragma once

namespace host {

class Database;

/// Makes the tables where there are none, and adds what an older program did not have. Throws DatabaseError for a schema that this program does not know.
void prepare_schema(const Database& database);

}  // namespace host
