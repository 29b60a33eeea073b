#include "engine/an_engine.hpp"

#include "engine/translate.hpp"
#include "media/limits.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include <algorithm>

namespace wechat::engine {
namespace {

std::string describe_message(const channel::Content& content)
{
    if (content.kind == "text")
        return "message " + content.text;
    const auto missing = member(content.data, "missing");
    return "message " + content.kind + (missing.empty() ? "" : ", " + missing);
}

std::string describe_item(const channel::Item& item)
{
    switch (item.kind) {
    case channel::ItemKind::message: return describe_message(item.content.value_or(channel::Content{}));
    case channel::ItemKind::event: return "event " + item.name;
    case channel::ItemKind::notice: return "notice " + item.name;
    case channel::ItemKind::echo: return "echo " + item.name;
    }
    return "?";
}

std::string describe_report(const channel::Report& report)
{
    auto words =
        report.client_id + ": " + std::string{policy::name_of(static_cast<policy::State>(report.state))};
    if (!report.reason.empty())
        words += ", " + report.reason;
    return words;
}

}  // namespace

std::string member(const std::string& data, const std::string& name)
{
    if (data.empty())
        return {};
    const auto object = boost::json::parse(data).as_object();
    const auto* const found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string{found->as_string()} : std::string{};
}

const channel::Item& Host::last(const std::string& name) const
{
    const auto found = std::ranges::find_if(items.rbegin(), items.rend(), [&](const channel::Item& item) {
        return item.name == name || (item.content && item.content->kind == name);
    });
    BOOST_TEST_REQUIRE((found != items.rend()));
    return *found;
}

Happened Host::of(const std::string& contact) const
{
    Happened happened;
    for (const auto& [whose, what] : seen)
        if (whose == contact)
            happened.push_back(what);
    return happened;
}

AnEngine::AnEngine(platform::Limits limits_) : limits(limits_)
{
    begin();
}

void AnEngine::run_sql(const char* sql) const
{
    sqlite3* database = nullptr;
    BOOST_TEST_REQUIRE(sqlite3_open(folder_.file(file_).c_str(), &database) == SQLITE_OK);
    BOOST_TEST(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

AnEngine::~AnEngine()
{
    gate.open();
    stop(0ms);
}

void AnEngine::begin()
{
    auto opened = store::open_sqlite(folder_.file(file_), [this](std::function<void()> answer) {
        asio::post(loop, std::move(answer));
    });
    BOOST_TEST_REQUIRE(opened.has_value());
    store = std::move(*opened);
    engine = std::make_unique<Engine>(
        loop,
        *store,
        Log{},
        busy,
        seam(),
        limits,
        MediaOptions{.folder = media_folder(), .most_bytes = media_room}
    );
    engine->set_directory(directory(true));
    BOOST_TEST_REQUIRE(engine->start().has_value());
}

Seam AnEngine::seam()
{
    Seam seam;
    seam.now = [this] { return now; };
    seam.offer = [this](const channel::Item& item, channel::Token token) {
        if (!deaf_)
            host.items.push_back(item);
        if (!deaf_ && item.content && !item.content->path.empty())
            host.files[item.id] = media::read_file(item.content->path);
        return hand_over(item.contact, describe_item(item), token);
    };
    seam.report = [this](const channel::Report& report, channel::Token token) {
        if (!deaf_)
            host.reports.push_back(report);
        return hand_over(contact_of_[report.client_id], describe_report(report), token);
    };
    seam.wake_at = [this](channel::Time due) { alarm_ = due; };
    seam.health = [this](channel::Health level, std::string_view code, std::string_view text) {
        const auto* const name = level == channel::Health::ok   ? "ok"
                               : level == channel::Health::down ? "down"
                                                                : "degraded";
        health.push_back(
            level == channel::Health::ok ? "ok" : name + (' ' + std::string{code} + ' ') + std::string{text}
        );
    };
    return seam;
}

channel::Outcome
AnEngine::hand_over(const std::string& contact, const std::string& what, channel::Token token)
{
    if (deaf_)
        return {.status = channel::Status::state};
    if (host.on_hand_over)
        if (const auto outcome = host.on_hand_over(contact, what); !outcome)
            return outcome;
    host.seen.emplace_back(contact, what);
    if (!host.settles) {
        host.open.push_back(token);
        return {};
    }
    asio::post(loop, [this, token, work = busy.begin()] {
        if (engine)
            engine->settle(token, {});
    });
    return {};
}

std::shared_ptr<const Directory> AnEngine::directory(bool served)
{
    if (!served)
        return std::make_shared<const Directory>();
    auto rules = std::make_shared<policy::Rules>();
    rules->customer = "harbour-bank";
    rules->welcome_by = welcome_by;
    rules->texts = std::make_shared<texts::Catalog>(*texts::built_in("en"));
    CustomerAccount account;
    account.name = Customer{"harbour-bank"};
    account.app_id = harbour_bank;
    account.app_secret = Secret{"app secret"};
    account.api = {{.tls = false, .host = "127.0.0.1", .port = platform.server().port()}};
    account.map_link = "https://map.example/{latitude},{longitude}";
    account.rules = rules;
    return std::make_shared<const Directory>(std::vector{account});
}

void AnEngine::serve(bool served)
{
    engine->set_directory(directory(served));
}

void AnEngine::submit(const std::string& contact, Input input)
{
    const auto told = [this](const Result<Applied>& applied) {
        if (applied && !applied->answer.empty())
            answers.push_back(applied->answer);
    };
    engine->submit({harbour_bank, OpenId{contact}}, std::move(input), seconds(), told);
}

void AnEngine::applies(const std::string& contact, codec::Callback callback)
{
    callback.from = OpenId{contact};
    submit(contact, input_of(harbour_bank, std::move(callback)));
}

void AnEngine::contact_writes(const std::string& contact, const std::string& text, std::uint64_t id)
{
    codec::ContactMessage message;
    message.id = id == 0 ? ++last_message_id_ : id;
    message.content.text = text;
    codec::Callback callback;
    callback.at = seconds();
    callback.what = std::move(message);
    applies(contact, std::move(callback));
}

void AnEngine::contact_sends(
    const std::string& contact, Kind kind, const std::string& media_id, std::uint64_t id
)
{
    codec::ContactMessage message;
    message.id = id == 0 ? ++last_message_id_ : id;
    message.content.kind = kind;
    message.content.data["media_id"] = media_id;
    codec::Callback callback;
    callback.at = seconds();
    callback.what = std::move(message);
    applies(contact, std::move(callback));
}

void AnEngine::contact_unfollows(const std::string& contact)
{
    codec::Callback callback;
    callback.at = seconds();
    callback.what = codec::AccountEvent{
        .type = codec::AccountEvent::Type::unfollowed, .name = "unsubscribe", .key = {}, .scene = {}};
    applies(contact, std::move(callback));
}

void AnEngine::employee_sends(const std::string& contact, const std::string& id, const std::string& text)
{
    employee_sends(contact, id, channel::Content{.text = text});
}

void AnEngine::employee_sends_file(
    const std::string& contact, const std::string& id, const std::string& kind, const std::string& bytes
)
{
    channel::Content content;
    content.kind = kind;
    content.path = files.write(id, bytes);
    employee_sends(contact, id, std::move(content));
}

void AnEngine::employee_sends(const std::string& contact, const std::string& id, channel::Content content)
{
    contact_of_[id] = contact;
    channel::Message message;
    message.client_id = id;
    message.sender = "ana";
    message.content = std::move(content);
    submit(contact, input_of(message, *directory(true)->of(harbour_bank)));
}

void AnEngine::employee_cancels(const std::string& contact, const std::string& id)
{
    contact_of_[id] = contact;
    Input input;
    input.event = policy::EmployeeCancelled{.id = ClientId{id}};
    submit(contact, std::move(input));
}

void AnEngine::participants_are(const std::string& contact, std::initializer_list<const char*> names)
{
    policy::ParticipantsSet set;
    for (const auto* name : names)
        set.participants.emplace_back(name);
    Input input;
    input.event = std::move(set);
    submit(contact, std::move(input));
}

void AnEngine::open(const std::string& contact)
{
    contact_writes(contact, "Hello");
    participants_are(contact, {"ana"});
    idle();
    (void)happened(contact);
    (void)on_phones();
}

Happened AnEngine::happened(const std::string& contact)
{
    auto all = host.of(contact);
    auto& told = told_[contact];
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(told));
    told += all.size();
    return all;
}

Happened AnEngine::on_phones()
{
    auto all = platform.sends();
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(sends_told_));
    sends_told_ += all.size();
    return all;
}

void AnEngine::idle()
{
    do
        until([this] { return busy.count() == 0; });
    while (loop.poll() > 0 || busy.count() > 0);
}

void AnEngine::until(const std::function<bool()>& condition)
{
    // In short turns, because a condition may also be about the platform, whose threads say nothing to the loop.
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!condition()) {
        loop.run_one_for(1ms);
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < deadline));
    }
}

void AnEngine::pass(std::chrono::milliseconds duration)
{
    const auto end = now + duration;
    idle();
    for (int woken = 0; alarm_ && *alarm_ <= end; ++woken) {
        BOOST_TEST_REQUIRE(woken < 1000);  // else it wakes itself in a circle
        ++wakes;
        now = std::max(now, *alarm_);
        alarm_.reset();
        engine->wake();
        idle();
    }
    now = end;
}

void AnEngine::stop(std::chrono::milliseconds grace)
{
    if (!engine)
        return;
    bool ended = false;
    asio::co_spawn(loop, engine->stop(grace), [&](const std::exception_ptr&) { ended = true; });
    until([&] { return ended; });
    idle();
    store->flush();
    loop.poll();
    engine.reset();
    store.reset();
    alarm_.reset();
}

void AnEngine::restart(std::chrono::milliseconds down)
{
    stop(0ms);
    now += down;
    host.open.clear();
    begin();
}

void AnEngine::crash()
{
    store->flush();
    const auto old = file_;
    file_ = "after-" + old;
    for (const auto* end : {"", "-wal"})
        if (std::filesystem::exists(folder_.file(old + end)))
            std::filesystem::copy_file(folder_.file(old + end), folder_.file(file_ + end));
    deaf_ = true;
    stop(0ms);
    deaf_ = false;
    host.open.clear();
    begin();
}

}  // namespace wechat::engine
