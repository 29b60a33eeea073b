/// The host's tables. A newer schema than the program's is refused, an older one would be migrated here.
#pragma once

namespace host {

class Database;

/// Makes the tables where there are none. Throws DatabaseError for a schema that this program does not know.
void prepare_schema(const Database& database);

}  // namespace host
