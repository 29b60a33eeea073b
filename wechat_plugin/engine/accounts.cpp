#include "engine/accounts.hpp"

#include <utility>

namespace wechat::engine {

Accounts::Accounts(
    Loop& loop, platform::Limits limits, std::function<Directory::Found(const AppId&)> customer_of
)
    : loop_(loop), limits_(limits), customer_of_(std::move(customer_of))
{}

std::shared_ptr<platform::Account> Accounts::of(const AppId& app_id)
{
    const auto customer = customer_of_(app_id);
    if (!customer)
        return nullptr;
    auto& known = known_[app_id.str()];
    if (!known.account || known.api != customer->api) {
        known.api = customer->api;
        known.app_secret = customer->app_secret;
        known.account =
            std::make_shared<platform::Account>(loop_, customer->api, app_id, customer->app_secret, limits_);
    }
    return known.account;
}

void Accounts::directory_changed()
{
    for (auto& [app_id, known] : known_) {
        const auto customer = customer_of_(AppId{app_id});
        if (!customer || known.app_secret == customer->app_secret)
            continue;
        known.app_secret = customer->app_secret;
        known.account->set_secret(customer->app_secret);
    }
}

void Accounts::stop()
{
    for (auto& [app_id, known] : known_)
        known.account->stop();
}

Accounts::Connections Accounts::connections() const
{
    Connections sum;
    for (const auto& [app_id, known] : known_) {
        sum.requests += known.account->figures().requests;
        sum.connections += known.account->figures().connections;
        sum.failovers += known.account->figures().failovers;
        sum.token_fetches += known.account->token_fetches();
    }
    return sum;
}

}  // namespace wechat::engine
