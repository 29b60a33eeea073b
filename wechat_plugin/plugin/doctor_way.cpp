#include "plugin/doctor_way.hpp"

namespace wechat::plugin {
namespace {

using channel::Examined;

bool is_good(const Examined& step)
{
    return step.level == Examined::Level::ok || step.level == Examined::Level::warning;
}

Task<std::vector<Examined>> examine_host(Loop& loop, platform::Url url, Time now, Patience patience)
{
    std::vector<Examined> steps;
    auto name = co_await examine_name(loop, url.host, patience.name);
    steps.push_back(std::move(name));
    if (!is_good(steps.back())) {
        steps.push_back(skipped("connection", "the name of the API's host is not found"));
        co_return steps;
    }
    auto connection = co_await examine_connection(loop, std::move(url), now, patience);
    steps.push_back(std::move(connection));
    co_return steps;
}

}  // namespace

Task<std::vector<Examined>>
examine_way(Loop& loop, std::vector<platform::Url> hosts, Time now, Patience patience)
{
    auto nearest = co_await examine_host(loop, hosts.front(), now, patience);
    if (is_good(nearest.back()))
        co_return nearest;
    for (auto stand_in = hosts.begin() + 1; stand_in != hosts.end(); ++stand_in) {
        const auto steps = co_await examine_host(loop, *stand_in, now, patience);
        if (!is_good(steps.back()))
            continue;
        for (auto& step : nearest)
            if (!is_good(step)) {
                step.level = Examined::Level::warning;
                step.text += "; " + stand_in->host + " serves in its place";
            }
        break;
    }
    co_return nearest;
}

}  // namespace wechat::plugin
