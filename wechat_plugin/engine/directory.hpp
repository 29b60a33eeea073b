/// The customers in force: a snapshot that a reload replaces whole.
#pragma once

#include "base/ids.hpp"
#include "base/secret.hpp"
#include "codec/request.hpp"
#include "platform/url.hpp"
#include "policy/rules.hpp"
#include "texts/wordings.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::engine {

/// One customer, with one official account.
struct CustomerAccount {
    Customer name = {};
    AppId app_id = {};
    Secret app_secret = {};
    std::optional<Secret> encoding_aes_key = {};  // as the file has it, to tell whether a reload changes it
    std::vector<platform::Url> api = {};          // the hosts, the nearest first
    std::string map_link = {};  // what a place becomes: a URL with {latitude}, {longitude} and {name}
    std::shared_ptr<const policy::Rules> rules = {};
    std::shared_ptr<const texts::Wordings> wordings = {};  // for who looks at them
    std::shared_ptr<const codec::CallbackAccount> callbacks = {};
};

/// Immutable; any thread may read it.
class Directory {
public:
    Directory() = default;
    explicit Directory(std::vector<CustomerAccount> accounts)
    {
        for (auto& account : accounts) {
            const auto shared = std::make_shared<const CustomerAccount>(std::move(account));
            by_name_[shared->name.str()] = shared;
            by_app_id_[shared->app_id.str()] = shared;
        }
    }

    using Found = std::shared_ptr<const CustomerAccount>;  // null: there is none
    [[nodiscard]] Found named(std::string_view customer) const { return find(by_name_, customer); }
    [[nodiscard]] Found of(const AppId& app_id) const { return find(by_app_id_, app_id.str()); }
    [[nodiscard]] const auto& all() const { return by_name_; }

private:
    using Map = std::map<std::string, Found, std::less<>>;
    static Found find(const Map& map, std::string_view key)
    {
        const auto found = map.find(key);
        return found == map.end() ? nullptr : found->second;
    }

    Map by_name_, by_app_id_;
};

}  // namespace wechat::engine
