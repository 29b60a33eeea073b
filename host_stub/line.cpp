#include "line.hpp"

#include "public_ids.hpp"

#include <condition_variable>
#include <memory>
#include <utility>
#include <vector>

namespace host {
namespace {

// What may wait for the disk before channels are told to wait: some seconds' worth.
constexpr std::size_t store_backlog = 20'000;
constexpr channel::Outcome store_is_full{channel::Status::busy, channel::Milliseconds{100}};
constexpr channel::Outcome store_is_down{channel::Status::unavailable, channel::Milliseconds{1000}};

}  // namespace

Line::Line(const ChannelConfig& config, channel::Lane& lane, channel::Library library, World world)
    : LaneServices(lane),
      config_(config),
      library_(std::move(library)),
      world_(std::move(world)),
      calls_(lane)
{
    instance_.emplace(library_.create(config.id, *this));
}

Line::~Line() = default;

LineHealth Line::health() const
{
    const std::lock_guard lock{mutex_};
    return health_;
}

channel::Result Line::operation(const Start& start, channel::Milliseconds patience)
{
    struct Ending {
        std::mutex mutex;
        std::condition_variable told;
        std::optional<channel::Result> result;
    };
    const auto ending =
        std::make_shared<Ending>();  // shared with a completion that may come after our patience
    const auto end = [ending](const channel::Result& result) {
        const std::lock_guard lock{ending->mutex};
        ending->result = result;
        ending->told.notify_all();
    };
    begin(start, end);
    const auto ended = [&] {
        const std::lock_guard lock{ending->mutex};
        return ending->result.has_value();
    };
    if (world_.config.clock == ClockKind::manual) {
        lane().run_until(ended, patience);
    } else {
        std::unique_lock lock{ending->mutex};
        ending->told.wait_for(lock, patience, [&] { return ending->result.has_value(); });
    }
    const std::lock_guard lock{ending->mutex};
    const channel::Result late{
        channel::Status::unavailable, R"({"code":"no_answer","text":"the channel did not answer in time"})"};
    return ending->result.value_or(late);
}

void Line::begin(const Start& start, const channel::Done& end)
{
    post([this, start, end] {
        try {
            start(*instance_, end);
        } catch (const channel::Error& error) {
            end({error.status(), channel::json_of(error)});
        }
    });
}

void Line::resume()
{
    using Addressed = std::pair<Message, Conversation>;
    std::vector<Conversation> participants;
    std::vector<Addressed> messages, cancels;
    const auto addressed = [](Records& records, std::vector<Message> all) {
        std::vector<Addressed> result;
        for (auto& message : all)
            result.emplace_back(message, *records.conversation(message.conversation));
        return result;
    };
    world_.store.run_now([&](Records& records) {
        participants = records.unconfirmed_participants(id());
        messages = addressed(records, records.pending_messages(id()));
        cancels = addressed(records, records.cancelled_messages(id()));
    });
    for (const auto& conversation : participants)
        tell_participants(conversation, Turn::taking_up);
    for (const auto& [message, conversation] : messages)
        send(message, conversation, true);
    for (const auto& [message, conversation] : cancels)
        cancel(message, conversation, Turn::taking_up);

    const std::lock_guard lock{early_mutex_};
    taken_up_ = true;
    for (auto& task : early_)
        post(std::move(task));
    early_.clear();
}

// What is asked while the last run's business is taken up goes behind it: a message would overtake the participants
// without whom it is refused.
void Line::in_turn(Turn turn, channel::Task task)
{
    const std::lock_guard lock{early_mutex_};
    if (taken_up_ || turn == Turn::taking_up)
        post(std::move(task));
    else
        early_.push_back(std::move(task));
}

void Line::shut()
{
    lane().close();
    instance_.reset();
}

channel::Message Line::in_contract(const Message& message, const Conversation& conversation) const
{
    channel::Message given{
        .client_id = contract_id(world_.store.id(), message.conversation, message.client_id),
        .account = conversation.customer,
        .contact = conversation.contact,
        .sender = message.employee,
    };
    channel::Content content{
        .kind = message.kind, .text = message.text, .mime = message.mime, .name = message.name};
    content.data = message.data;
    if (!message.media.empty()) {
        const auto path = world_.config.media / message.media;
        std::error_code unknown;
        content.path = path.string();
        content.bytes = std::filesystem::file_size(path, unknown);
        if (unknown)
            content.bytes = 0;  // the channel finds the file missing and says so
    }
    given.content = std::move(content);
    return given;
}

void Line::send(const Message& message, const Conversation& conversation, bool replay)
{
    auto given = in_contract(message, conversation);
    given.replay = replay;
    const auto run = [this, given = std::move(given)] {
        ++counters_.sends;
        traffic_.handed_over(given.client_id, Traffic::Clock::now());
        instance_->send(given);
    };
    const auto failed = [this, message](const channel::Error& error) { refuse(message, error); };
    const auto turn = replay ? Turn::taking_up : Turn::behind;
    in_turn(turn, [this, id = conversation.id, run, failed] { calls_.add(id, {run, failed}); });
}

// Not in the channel's hands: its answer to the call is the last word.
void Line::refuse(const Message& message, const channel::Error& error)
{
    const auto refused = std::make_shared<Message>(message);  // shared by the work and what follows it
    const auto work = [refused, code = error.code(), text = error.text(), now = now()](Records& records) {
        const auto known = records.outgoing(refused->conversation, refused->client_id);
        *refused = known.value_or(*refused);
        if (refused->progress.state != pending)
            return;
        refused->progress = {.state = CHANNEL_REFUSED, .reason = code, .text = text};
        records.set_progress(refused->id, refused->progress);
        records.log_progress(*refused, now);
    };
    world_.log(
        channel::Level::warning, "send_refused", error.text(), {{"channel", id()}, {"code", error.code()}}
    );
    const auto client_id = contract_id(world_.store.id(), message.conversation, message.client_id);
    world_.store.run(work, [this, refused, client_id](const std::string& fault) {
        if (!fault.empty())
            return;  // it is pending still, and handed over after the next start
        traffic_.reported(client_id, channel::State::refused, Traffic::Clock::now());
        world_.progressed(*refused);
    });
}

void Line::cancel(const Message& message, const Conversation& conversation)
{
    cancel(message, conversation, Turn::behind);
}

void Line::cancel(const Message& message, const Conversation& conversation, Turn turn)
{
    const auto client_id = contract_id(world_.store.id(), message.conversation, message.client_id);
    const auto run = [this, client_id] { instance_->cancel(client_id); };
    const auto failed = [this, message](const channel::Error& error) {
        world_.log(
            channel::Level::warning,
            "cancel_failed",
            error.text(),
            {{"channel", id()}, {"code", error.code()}}
        );
        const auto work = [message](Records& records) { records.set_cancelling(message.id, false); };
        world_.store.run(work, [](const std::string&) {});
    };
    in_turn(turn, [this, id = conversation.id, run, failed] { calls_.add(id, {run, failed}); });
}

void Line::tell_participants(const Conversation& conversation)
{
    tell_participants(conversation, Turn::behind);
}

void Line::tell_participants(const Conversation& conversation, Turn turn)
{
    if (!library_.offers(CHANNEL_PARTICIPANTS))
        return participants_told(conversation, {});
    std::vector<channel::Participant> who;
    for (const auto& employee : conversation.participants)
        who.push_back({employee, employee});
    const auto run = [this, conversation, who] {
        const auto done = [this, conversation](const channel::Result& result) {
            participants_told(conversation, result);
        };
        instance_->participants(conversation.customer, conversation.contact, who, done);
    };
    const auto failed = [this, conversation](const channel::Error& error) {
        participants_told(conversation, {error.status(), channel::json_quoted(error.text())});
    };
    in_turn(turn, [this, id = conversation.id, run, failed] { calls_.add(id, {run, failed}); });
}

void Line::participants_told(const Conversation& conversation, const channel::Result& result)
{
    if (result.status == channel::Status::busy || result.status == channel::Status::unavailable) {
        const auto again = [this, conversation] { tell_participants(conversation); };
        arm(now() + store_is_down.retry_after, again);
        return;
    }
    if (result.status == channel::Status::state)
        return;  // it stops: after the next start it is told again
    if (!result)
        world_.log(channel::Level::warning, "participants_refused", result.json, {{"channel", id()}});
    const auto work = [conversation](Records& records) {
        auto present = *records.conversation(conversation.id);
        if (present.participants_due != conversation.participants_due)
            return;  // they have changed since, and that change is on its way
        present.participants_due = 0;
        records.save(present);
    };
    world_.store.run(work, [](const std::string&) {});  // if not kept: told once more after the next start
}

std::uint64_t Line::arm(channel::Time due, channel::Task task)
{
    ++counters_.posts;
    return LaneServices::arm(due, std::move(task));
}

void Line::post(channel::Task task)
{
    ++counters_.posts;
    LaneServices::post(std::move(task));
}

void Line::log(channel::Level level, std::string_view code, std::string_view text, std::string_view fields)
{
    world_.log.of_channel(id(), level, code, text, fields);
}

void Line::health(channel::Health level, std::string_view code, std::string_view text)
{
    {
        const std::lock_guard lock{mutex_};
        health_ = {level, std::string{text}};
    }
    const auto loudness = level == channel::Health::ok ? channel::Level::info : channel::Level::warning;
    world_.log.of_channel(id(), loudness, code, text, {});
}

void Line::settle_later(channel::Token token, channel::Outcome outcome)
{
    post([this, token, outcome] {
        try {
            instance_->settle(token, outcome);
        } catch (const channel::Error& error) {
            // It stops: the token has lapsed and comes again.
            world_.log(channel::Level::debug, "settle_lapsed", error.text(), {{"channel", id()}});
        }
    });
}

channel::Outcome Line::outcome_of(const std::string& fault)
{
    if (fault.empty())
        return channel::ok;
    world_.log(channel::Level::error, "store_failed", fault, {{"channel", id()}});
    return store_is_down;
}

channel::Outcome Line::offer(const channel::Item& item, channel::Token token)
{
    if (world_.store.waiting() >= store_backlog)
        return store_is_full;
    ++counters_.offers;
    const auto taken = std::make_shared<Taken>();  // shared by the work and what follows it
    const auto work = [this, item, taken](Records& records) {
        *taken = take(records, id(), item, world_.config.routing, world_.config.media);
    };
    const auto is_message = item.kind == channel::ItemKind::message;
    world_.store.run(work, [this, token, taken, is_message](const std::string& fault) {
        const auto outcome = outcome_of(fault);
        if (outcome && !taken->is_new)
            ++counters_.repeats;
        else if (outcome && is_message)
            traffic_.received();
        // Before settle, so that the channel knows them before the contact's next message.
        if (outcome && taken->convened)
            tell_participants(*taken->convened);
        settle_later(token, outcome);
    });
    return channel::ok;
}

channel::Outcome Line::report(const channel::Report& report, channel::Token token)
{
    if (world_.store.waiting() >= store_backlog)
        return store_is_full;
    ++counters_.reports;
    const auto reported = std::make_shared<Reported>();  // shared by the work and what follows it
    const auto work = [report, reported](Records& records) { *reported = note(records, report); };
    const auto tell = [this, token, reported, state = report.state, client_id = report.client_id](
                          const std::string& fault
                      ) {
        auto outcome = outcome_of(fault);
        if (outcome && reported->is_news)
            traffic_.reported(client_id, state, Traffic::Clock::now());
        if (outcome && !reported->message) {
            ++counters_.turned_away;
            outcome.status = channel::Status::refused;
            world_.log(
                channel::Level::warning,
                "unknown_message_reported",
                "no message has this id in this store",
                {{"channel", id()}, {"client_id", client_id}}
            );
        }
        if (outcome)
            world_.progressed(*reported->message);
        settle_later(token, outcome);
    };
    world_.store.run(work, tell);
    return channel::ok;
}

}  // namespace host
