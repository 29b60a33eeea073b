#include "engine/media_pump.hpp"

#include "engine/translate.hpp"
#include "media/contact_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace wechat::engine {
namespace {

using namespace std::chrono_literals;
using codec::Meaning;

// WeChat keeps contacts' files for 3 days (wechat-protocol.md 4.5).
constexpr Duration kept_by_platform = 72h;

// Ours: a file that is not there after half an hour is worth a look every half an hour.
constexpr channel::Milliseconds first_pause = 10s;
constexpr channel::Milliseconds longest_pause = 30min;

// Each holds a file in memory, of platform::Limits::file_body at most.
constexpr std::size_t downloads_at_once = 4;

// What a crash has left in the folder; an item that the host has not settled for so long is fetched again, or lost.
constexpr std::chrono::hours leftover_age{24 * 30};

channel::Milliseconds pause_after(unsigned tries)
{
    return std::min<channel::Milliseconds>(first_pause * (1U << std::min(tries, 10U)), longest_pause);
}

std::string media_id_in(const Content& content)
{
    const auto found = content.data.find("media_id");
    return found == content.data.end() ? std::string{} : found->second;
}

std::string what_is_missing(Kind kind)
{
    switch (kind) {
    case Kind::voice: return "the recording";
    case Kind::video: return "the video";
    default: return "the picture";
    }
}

std::string sentence(Kind kind, const std::string& cause, bool lost)
{
    return what_is_missing(kind) + (lost ? " cannot be had any more: " : " is not there yet: ") + cause;
}

}  // namespace

MediaPump::MediaPump(
    Loop& loop,
    Accounts& accounts,
    Worker& worker,
    Log log,
    Busy& busy,
    const MediaOptions& options,
    Seam seam
)
    : accounts_(accounts),
      worker_(worker),
      loop_(loop),
      log_(std::move(log)),
      busy_(busy),
      seam_(std::move(seam)),
      folder_(std::make_shared<media::Folder>(options.folder, options.most_bytes)),
      ended_(loop)
{
    folder_->remove_older_than(leftover_age);
}

std::optional<Content> MediaPump::content_of(const store::Row& row)
{
    const auto [known, is_new] = offered_.try_emplace(row.id);
    if (is_new && !stopping_)
        asio::co_spawn(loop_, first_try(row), asio::detached);
    return known->second;
}

Task<MediaPump::Fetched> MediaPump::fetch(store::Key key, std::string item, Content content)
{
    Fetched fetched;
    auto there = co_await find(item, content);
    if (there && *there) {
        fetched.content = std::move(**there);
        co_return fetched;
    }
    auto file = co_await download(key.account, media_id_in(content));
    if (file.outcome.good()) {
        auto kept = co_await keep(item, content, std::move(file.bytes));
        if (kept) {
            ++figures_.fetched;
            figures_.bytes += kept->bytes;
            fetched.content = std::move(*kept);
            co_return fetched;
        }
        fetched.reason = "media_full";
        fetched.cause = kept.error().detail;
    } else {
        const auto meaning = file.outcome.meaning;
        fetched.final = meaning == Meaning::upload_again || meaning == Meaning::fail_message;
        fetched.reason = fetched.final ? "media_expired" : "media_not_fetched";
        fetched.cause = std::move(file.outcome.words);
    }
    ++figures_.failed;
    log_(
        Level::warning,
        "media_not_fetched",
        "a contact's file is not there",
        {{"contact", key.contact},
         {"reason", fetched.reason},
         {"errcode", file.outcome.errcode},
         {"words", fetched.cause},
         {"rid", file.outcome.rid}}
    );
    co_return fetched;
}

Task<platform::Downloaded> MediaPump::download(AppId app_id, std::string media_id)
{
    platform::Downloaded file;
    while (downloads_ >= downloads_at_once && !stopping_)
        co_await ended_.wait();
    const auto account = accounts_.of(app_id);
    if (!account || stopping_) {
        file.outcome.meaning = Meaning::try_later;
        file.outcome.words = "the account is not served just now";
        co_return file;
    }
    ++downloads_;
    file = co_await account->download(std::move(media_id), now());
    --downloads_;
    ended_.raise();
    note_fault(app_id, file.outcome);
    co_return file;
}

void MediaPump::note_fault(const AppId& app_id, const platform::Outcome& outcome)
{
    if (outcome.meaning == Meaning::hold_account) {
        if (faults_.insert_or_assign(app_id.str(), outcome).second)
            seam_.health_changed();
        return;
    }
    // A file that WeChat does not have it was at least willing to give.
    const bool served = outcome.good() || outcome.meaning == Meaning::upload_again
                     || outcome.meaning == Meaning::fail_message;
    if (served && faults_.erase(app_id.str()) != 0)
        seam_.health_changed();
}

Task<Result<std::optional<Content>>> MediaPump::find(std::string item, Content content)
{
    std::function<Result<std::optional<Content>>()> look = [this, item, content] {
        return media::find_file(*folder_, item, content);
    };
    return worker_.run<std::optional<Content>>(std::move(look), errc::media_full);
}

Task<Result<Content>> MediaPump::keep(std::string item, Content content, std::string bytes)
{
    std::function<Result<Content>()> write = [this, item, content, bytes = std::move(bytes)] {
        return media::keep_file(*folder_, item, content, bytes);
    };
    return worker_.run<Content>(std::move(write), errc::media_full);
}

// Not a word to the host before it is certain that the file will be asked for again.
Task<bool> MediaPump::remember(store::Key key, std::string item, Content content)
{
    LateFile late;
    late.fetch.item = std::move(item);
    late.fetch.content = std::move(content);
    late.fetch.since = now();
    return seam_.apply(std::move(key), std::move(late));
}

Task<> MediaPump::first_try(store::Row row)
{
    const auto work = busy_.begin();
    ++running_;
    const auto item = std::get<store::Item>(row.payload);
    auto content = *item.content;
    auto fetched = co_await fetch(row.key, item.id, content);
    bool certain = true;
    // Where the try was broken off by stop, the message is not offered either, and comes again with the next start.
    if (!fetched.content && !fetched.final && !stopping_ && !late_items_.contains(item.id))
        certain = co_await remember(row.key, item.id, content);
    if (!certain)
        co_await pause_for_store();
    if (fetched.content) {
        content = std::move(*fetched.content);
    } else {
        content.data["missing"] = fetched.reason;
        content.data["missing_text"] = sentence(content.kind, fetched.cause, fetched.final);
    }
    if (certain)
        offered_[row.id] = std::move(content);
    else
        offered_.erase(row.id);  // asked for once more
    --running_;
    ended_.raise();
    if (!stopping_)
        seam_.ready(row.conversation);
}

Task<> MediaPump::pause_for_store()
{
    if (stopping_)
        co_return;
    Timer pause(loop_, std::chrono::seconds(1));  // real time: it is our disk that is out of order
    boost::system::error_code ignored;
    co_await pause.async_wait(into(ignored));
}

void MediaPump::add(store::Row row)
{
    const auto& fetch = std::get<store::Fetch>(row.payload);
    const auto id = row.id;
    late_items_.insert(fetch.item);
    late_[id].row = std::move(row);
    put_off(id);
}

void MediaPump::put_off(std::int64_t id)
{
    auto& late = late_.at(id);
    late.trying = false;
    due_.emplace(seam_.now() + pause_after(late.tries++), id);
    seam_.rearm();
}

Task<> MediaPump::try_again(std::int64_t id)
{
    const auto work = busy_.begin();
    ++running_;
    const auto row = late_.at(id).row;
    const auto fetch_row = std::get<store::Fetch>(row.payload);
    // The event's file is not the message's: that one goes when its message is settled, also after a restart.
    auto fetched = co_await fetch(row.key, late_item_id(fetch_row), fetch_row.content);
    const bool over = now() >= fetch_row.since + kept_by_platform;
    bool done = false;
    if (fetched.content || fetched.final || over) {
        LateFile news;
        news.row = id;
        news.fetch = fetch_row;
        news.reason = fetched.reason == "media_not_fetched" ? "media_expired" : fetched.reason;
        news.words = sentence(fetch_row.content.kind, fetched.cause, true);
        if (!fetched.content)
            ++figures_.lost;
        news.content = std::move(fetched.content);
        done = co_await seam_.apply(row.key, std::move(news));
    }
    --running_;
    ended_.raise();
    if (done) {
        late_items_.erase(fetch_row.item);
        late_.erase(id);
    } else {
        put_off(id);
    }
}

void MediaPump::release(std::int64_t row, const std::optional<Content>& content)
{
    offered_.erase(row);
    if (!content || content->path.empty())
        return;
    std::function<Result<bool>()> remove = [folder = folder_, files = *content]() -> Result<bool> {
        media::remove_file(*folder, files);
        return true;
    };
    const auto removed = [work = busy_.begin()](const std::exception_ptr&, const Result<bool>&) {};
    asio::co_spawn(loop_, worker_.run<bool>(std::move(remove), errc::media_full), removed);
}

void MediaPump::run_due()
{
    while (!stopping_ && !due_.empty() && due_.begin()->first <= seam_.now()) {
        const auto id = due_.begin()->second;
        due_.erase(due_.begin());
        const auto found = late_.find(id);
        if (found == late_.end() || found->second.trying)
            continue;
        found->second.trying = true;
        asio::co_spawn(loop_, try_again(id), asio::detached);
    }
}

std::optional<channel::Time> MediaPump::next_due() const
{
    if (due_.empty() || stopping_)
        return std::nullopt;
    return due_.begin()->first;
}

void MediaPump::stop()
{
    stopping_ = true;
    ended_.raise();
}

Task<> MediaPump::ended()
{
    while (running_ > 0)
        co_await ended_.wait();
}

Time MediaPump::now() const
{
    return from_milliseconds(seam_.now().time_since_epoch().count());
}

}  // namespace wechat::engine
