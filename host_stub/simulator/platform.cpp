#include "simulator/platform.hpp"

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

constexpr std::size_t tokens_kept = 100'000;
constexpr std::size_t media_id_length = 64;

}  // namespace

std::string_view name_of(PhoneEntry::From from)
{
    switch (from) {
    case PhoneEntry::From::contact: return "contact";
    case PhoneEntry::From::account: return "account";
    case PhoneEntry::From::system: break;
    }
    return "system";
}

Platform::Platform(Rules r) : rules(r), clock(r.clock), random(r.seed) {}

OfficialAccount& Platform::put(Account account)
{
    auto& slot = accounts_[account.app_id];
    if (!slot)
        slot = std::make_unique<OfficialAccount>();
    slot->callback = callback_account(account).value();
    slot->settings = std::move(account);
    return *slot;
}

OfficialAccount* Platform::find(std::string_view app_id)
{
    const auto found = accounts_.find(app_id);
    return found == accounts_.end() ? nullptr : found->second.get();
}

OfficialAccount* Platform::owner_of(std::string_view access_token)
{
    const auto found = token_owners_.find(std::string{access_token});
    return found == token_owners_.end() ? nullptr : found->second;
}

void Platform::remember(const std::string& access_token, OfficialAccount& owner)
{
    if (!token_owners_.emplace(access_token, &owner).second)
        return;
    tokens_in_order_.push_back(access_token);
    if (tokens_in_order_.size() <= tokens_kept)
        return;
    token_owners_.erase(tokens_in_order_.front());
    tokens_in_order_.pop_front();
}

std::string Platform::store(OfficialAccount& account, Media media)
{
    auto id = random.letters(media_id_length);
    account.media.emplace(id, std::move(media));
    return id;
}

const Media* Platform::media(const OfficialAccount& account, const std::string& id, Moment now)
{
    const auto found = account.media.find(id);
    return found == account.media.end() || found->second.expires <= now ? nullptr : &found->second;
}

const Media* Platform::any_media(const std::string& id) const
{
    for (const auto& [app_id, account] : accounts_)
        if (const auto found = account->media.find(id); found != account->media.end())
            return &found->second;
    return nullptr;
}

std::string Platform::publish(Media file)
{
    const auto now = clock.now();
    std::erase_if(published_, [now](const auto& entry) { return entry.second.expires <= now; });
    auto key = random.letters(media_id_length);
    published_.emplace(key, std::move(file));
    return key;
}

const Media* Platform::published(const std::string& key, Moment now) const
{
    const auto found = published_.find(key);
    return found == published_.end() || found->second.expires <= now ? nullptr : &found->second;
}

std::uint64_t Platform::next_message_id(Moment now)
{
    // Seconds in the upper bits: 24 lower ones leave room for 16 million messages a second, and exceed 2^53.
    const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, to_number(now) / 1000));
    last_message_id_ = std::max(last_message_id_ + 1, seconds << 24U);
    return last_message_id_;
}

void Platform::log(LoggedRequest request)
{
    request.number = ++received_;
    requests_.push_back(std::move(request));
    if (requests_.size() > rules.requests_kept)
        requests_.pop_front();
}

void Platform::log(LoggedCallback callback)
{
    callback.number = ++called_;
    callbacks_.push_back(std::move(callback));
    if (callbacks_.size() > rules.requests_kept)
        callbacks_.pop_front();
}

std::int64_t count_call(Usage& usage, std::int64_t daily_limit, std::int64_t minute_limit, Moment now)
{
    const auto day = beijing_day(now);
    const auto minute = std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count();
    if (std::exchange(usage.day, day) != day)
        usage.today = 0;
    if (std::exchange(usage.minute, minute) != minute)
        usage.this_minute = 0;
    if (daily_limit > 0 && usage.today >= daily_limit)
        return 45009;
    if (minute_limit > 0 && usage.this_minute >= minute_limit)
        return 45011;
    ++usage.today;
    ++usage.this_minute;
    return 0;
}

}  // namespace simulator
