#include "engine/typing.hpp"

#include "codec/api.hpp"
#include "policy/budget.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace wechat::engine {
namespace {

constexpr std::chrono::seconds again_after{10};
constexpr std::chrono::seconds shown_for{15};  // wechat-protocol.md 4.3

bool may_be_written_to(const policy::Conversation& conversation, const policy::Rules& rules, Time now)
{
    return conversation.phase == policy::Phase::open && policy::window_open(rules, conversation, now);
}

}  // namespace

Typing::Typing(Loop& loop, Accounts& accounts, store::Store& store, Busy& busy)
    : loop_(loop), accounts_(accounts), store_(store), busy_(busy)
{}

void Typing::set(store::Key key, const CustomerAccount& account, bool on, channel::Time now)
{
    std::erase_if(shown_, [now](const auto& entry) { return now >= entry.second + shown_for; });
    const auto shown = shown_.find(key);
    const bool is_on = shown != shown_.end();
    if (on ? is_on && now < shown->second + again_after : !is_on)
        return;
    const auto seconds = from_milliseconds(now.time_since_epoch().count());
    const auto conversation = store_.peek(key);
    if (!conversation || !*conversation || !may_be_written_to(**conversation, *account.rules, seconds))
        return;
    if (on)
        shown_[key] = now;
    else
        shown_.erase(shown);
    asio::co_spawn(loop_, ask(std::move(key), on, seconds, busy_.begin()), asio::detached);
}

Task<> Typing::ask(store::Key key, bool on, Time now, Busy::Work /*until it has ended*/)
{
    const auto platform = accounts_.of(key.account);
    if (!platform)
        co_return;
    auto body = codec::typing_body(key.contact, on);
    // 45072, 45080, 45081 and 45015 are ignored, as is everything else (wechat-protocol.md 5.2).
    co_await platform->ask("/cgi-bin/message/custom/typing", std::move(body), now);
}

}  // namespace wechat::engine
