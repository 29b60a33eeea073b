/// Files from URLs that the platform names: other hosts, no token, no secret.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"
#include "platform/client.hpp"

#include <set>
#include <string>

namespace wechat::platform {

/// Of the loop's thread only; outlives what it fetches.
class Fetches {
public:
    Fetches(Loop& loop, Limits limits) : loop_(loop), limits_(limits) {}

    /// Fetches one on a connection of its own, http or https; follows nothing.
    ///
    /// Faults: bad_url, not_connected, tls, no_answer, bad_answer (not 200, or beyond limits.file_body)
    Task<Result<Answer>> fetch(std::string url);

    /// Begins nothing new; those under way end with their fault.
    void stop();

private:
    Loop& loop_;
    Limits limits_;
    std::set<Client*> under_way_ = {};
    bool stopped_ = false;
};

}  // namespace wechat::platform
