#include "host.hpp"

#include "misbehaviours.hpp"

namespace conformance {

channel::Health Host::health_now() const
{
    const std::lock_guard lock(mutex_);
    return healths_.empty() ? channel::Health::ok : healths_.back().level;
}

std::optional<channel::State> Host::state_of(const std::string& client_id) const
{
    const std::lock_guard lock(mutex_);
    const auto* const sent = ledger_.find(client_id);
    const auto* const last = sent == nullptr ? nullptr : sent->last();
    return last == nullptr ? std::nullopt : std::optional(last->state);
}

void Host::log(channel::Level, std::string_view code, std::string_view text, std::string_view fields)
{
    const std::lock_guard lock(mutex_);
    logged_.push_back(std::string(code) + ": " + std::string(text) + ' ' + std::string(fields));
}

void Host::health(channel::Health level, std::string_view code, std::string_view text)
{
    const std::lock_guard lock(mutex_);
    healths_.push_back({level, std::string(code)});
    logged_.push_back("health: " + std::string(code) + ": " + std::string(text));
}

channel::Outcome Host::offer(const channel::Item& item, channel::Token token)
{
    {
        const std::lock_guard lock(mutex_);
        offered_.push_back({item, token});
    }
    if (const auto taken = take_item(item); !taken)
        return taken;
    post([this, item, token] {
        moment("before an item is durable");
        const auto outcome = settle_item(item);
        if (outcome && *outcome) {
            const std::lock_guard lock(mutex_);
            ledger_.add(item);
        }
        moment("after an item is durable");
        if (outcome)
            settle(token, *outcome);
    });
    return channel::ok;
}

channel::Outcome Host::report(const channel::Report& report, channel::Token token)
{
    {
        const std::lock_guard lock(mutex_);
        reported_.push_back(report);
    }
    if (const auto taken = take_report(report); !taken)
        return taken;
    post([this, report, token] {
        moment("before a report is durable");
        const auto outcome = settle_report(report);
        if (outcome && *outcome) {
            const std::lock_guard lock(mutex_);
            ledger_.add(report);
        }
        moment("after a report is durable");
        if (outcome)
            settle(token, *outcome);
    });
    return channel::ok;
}

std::string Host::conversation_of(std::string_view client_id)
{
    const std::lock_guard lock(mutex_);
    const auto* const sent = ledger_.find(std::string(client_id));
    return sent == nullptr ? std::string() : sent->message.account + '\n' + sent->message.contact;
}

void Host::misbehaves(std::string_view sentence)
{
    note_misbehaviour(sentence);
    const std::lock_guard lock(mutex_);
    misbehaviours_.emplace_back(sentence);
}

}  // namespace conformance
