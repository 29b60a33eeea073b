/// What is wrong with a file of the host's, and where.
#pragma once

#include <string>
#include <vector>

namespace host {

/// Line and column start at 1; 0: not known.
struct Complaint {
    std::string file;
    int line = 0, column = 0;
    std::string text;
    bool operator==(const Complaint&) const = default;
};
using Complaints = std::vector<Complaint>;

/// "host.yaml:3:11: error: expected a port, found "http"".
[[nodiscard]] std::string describe(const Complaint& complaint);

}  // namespace host
