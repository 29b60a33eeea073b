/// The accounts as the platform is asked in their name: connections and tokens, one of each per account.
#pragma once

#include "engine/directory.hpp"
#include "loop/task.hpp"
#include "platform/account.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace wechat::engine {

/// Of the loop's thread only.
class Accounts {
public:
    Accounts(Loop& loop, platform::Limits limits, std::function<Directory::Found(const AppId&)> customer_of);

    /// Shared with the calls under way, which may outlast a change of its hosts. Null: nobody is served under this id.
    [[nodiscard]] std::shared_ptr<platform::Account> of(const AppId& app_id);

    /// Accounts whose secret or hosts have changed speak with the new ones from their next call on.
    void directory_changed();

    /// Closes all connections; calls under way end with their fault.
    void stop();

    struct Connections {
        std::uint64_t requests = 0, connections = 0, token_fetches = 0, failovers = 0;
    };
    [[nodiscard]] Connections connections() const;
    [[nodiscard]] const platform::Limits& limits() const { return limits_; }

private:
    struct Known {
        std::shared_ptr<platform::Account> account = {};
        Secret app_secret = {};
        std::vector<platform::Url> api = {};
    };

    Loop& loop_;
    platform::Limits limits_;
    std::function<Directory::Found(const AppId&)> customer_of_;
    std::map<std::string, Known> known_ = {};  // by app_id
};

}  // namespace wechat::engine
