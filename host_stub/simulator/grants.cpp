#include "simulator/grants.hpp"

#include <algorithm>

namespace simulator {
namespace {

const Allowance& allowance_of(Trigger trigger, const GrantRules& rules)
{
    switch (trigger) {
    case Trigger::message: return rules.message;
    case Trigger::menu: return rules.menu;
    case Trigger::follow: return rules.follow;
    case Trigger::scan: break;
    }
    return rules.scan;
}

}  // namespace

void Grants::open(Trigger trigger, const GrantRules& rules, Moment at)
{
    const Moment from = to_seconds(at);
    const auto& allowance = allowance_of(trigger, rules);
    Grant fresh{.trigger = trigger, .ends_at = from + allowance.lifetime, .remaining = allowance.messages};
    if (rules.model == GrantRules::Model::maximum) {
        fresh.remaining = std::max(fresh.remaining, slots_left(at));
        fresh.ends_at = std::max(fresh.ends_at, ends_at(at).value_or(fresh.ends_at));
        grants_.clear();
    }
    std::erase_if(grants_, [&](const Grant& grant) {
        return grant.trigger == trigger || grant.ends_at <= at;
    });
    grants_.push_back(fresh);
    std::ranges::sort(grants_, {}, &Grant::ends_at);
}

bool Grants::any_alive(Moment now) const
{
    return std::ranges::any_of(grants_, [now](const Grant& grant) { return now < grant.ends_at; });
}

int Grants::slots_left(Moment now) const
{
    int slots = 0;
    for (const auto& grant : grants_)
        slots += now < grant.ends_at ? grant.remaining : 0;
    return slots;
}

std::optional<Moment> Grants::ends_at(Moment now) const
{
    if (!any_alive(now))
        return std::nullopt;
    return grants_.back().ends_at;
}

bool Grants::take(Moment now)
{
    for (auto& grant : grants_)
        if (now < grant.ends_at && grant.remaining > 0) {
            --grant.remaining;
            return true;
        }
    return false;
}

}  // namespace simulator
