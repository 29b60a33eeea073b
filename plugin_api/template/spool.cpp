#include "spool.hpp"

#include "watch.hpp"

#include <channel/handover.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace fs = std::filesystem;
using channel::State;
using channel::Status;

namespace {

// By the host's clock, as all that a user can notice.
constexpr std::chrono::seconds pause_between_tries{5}, answer_within{60}, look_every{30};
constexpr std::size_t text_most = 2000;

channel::Capability refusal(const char* reason, const char* text)
{
    return {.verdict = channel::Verdict::refuse, .reason = reason, .text = text};
}

}  // namespace

/// What there is between start and stop.
struct Spool::Run {
    Run(channel::Host host, const Letters& provider)
        : letters(provider), watch({provider.in(), provider.answers()}), handover(host)
    {}

    Letters letters;
    Watch watch;
    channel::Handover handover;
    std::set<fs::path> offered;     // letters that wait for settle
    std::atomic<bool> seen = true;  // false: something has changed, and a look is on its way
    channel::Thread watcher;
};

Spool::Spool(channel::Host host, std::string_view instance) : host_(host), instance_(instance)
{
    if (instance_.find('/') != instance_.npos || instance_.starts_with('.'))
        throw channel::Error(
            Status::refused, "wrong_instance", "an instance's name becomes a directory's name"
        );
}

Spool::~Spool() = default;

SpoolSettings Spool::settings() const
{
    const std::lock_guard lock(mutex_);
    return settings_;
}

void Spool::configure(const channel::Settings& given, channel::Completion done)
{
    auto [settings, findings] = read_settings(given);
    if (!findings.empty())
        return done.refuse(findings);
    if (given.mode == channel::Mode::apply) {
        const std::lock_guard lock(mutex_);
        if (run_ && settings.directory != settings_.directory) {
            findings.push_back(
                {.level = channel::Level::warning,
                 .code = "needs_restart",
                 .text = "directory changes at the next start"}
            );
            settings.directory = settings_.directory;
        }
        settings_ = settings;
        base_dir_ = given.base_dir;
    }
    done.ok(findings);
}

void Spool::start(channel::Completion done)
{
    const Letters letters(settings().directory);
    try {
        fs::create_directories(letters.in());
        fs::create_directories(letters.answers());
        run_ = std::make_unique<Run>(host_, letters);
        open_store();
    } catch (const std::exception& failure) {
        run_.reset();
        throw channel::Error(Status::unavailable, "cannot_open", failure.what());
    }
    run_->watcher = channel::Thread(host_, "spool", [this, run = run_.get()] {
        run->watch.run([this, run] {
            if (!run->seen.exchange(false))
                return;
            ++busy_;
            host_.post([this] { look(); });
        });
    });
    look_again_later();
    host_.post([this] { offer_letters(); });
    done.ok();
}

// What the store has not told the host is told again; what has not left leaves.
void Spool::open_store()
{
    store_ = Rows(base_dir_ / (instance_ + ".store"));
    for (auto& row : store_.load(host_.now())) {
        last_place_ = row.place;
        if (row.waits())
            leaving_[row.conversation()].push_back({row.last.client_id});
        rows_[row.last.client_id] = std::move(row);
    }
    host_.post([this] {
        for (const auto& [client_id, row] : rows_)
            if (row.settled < row.last.revision)
                report(row);
        for (const auto& [conversation, queue] : leaving_)
            host_.post([this, name = conversation] { deliver_first(name); });
    });
}

void Spool::stop(std::chrono::milliseconds, channel::Completion done)
{
    run_->watch.stop();
    run_->watcher.join();
    run_.reset();
    rows_.clear();
    leaving_.clear();
    busy_ = 0;
    done.ok();  // the layer takes back timers and tasks
}

channel::Capability Spool::check(const channel::Message& message) const
{
    if (message.account != instance_)
        return refusal("unknown_account", "this is not our account");
    if (message.contact.find_first_of(std::string_view("\0\n", 2)) != std::string::npos)
        return refusal("unknown_contact", "a contact is one line");
    if (!message.content)
        return {.verdict = channel::Verdict::send};
    if (message.content->kind != "text" || message.content->text.empty())
        return refusal("unsupported_content", "only texts");
    if (message.content->text.size() > text_most)
        return refusal("text_too_long", "a text has 2000 bytes at most");
    return {.verdict = channel::Verdict::send};
}

void Spool::send(const channel::Message& message)
{
    if (const auto known = rows_.find(message.client_id); known != rows_.end())
        return report(known->second);  // once is enough, whatever it says now
    Row row{.account = message.account, .contact = message.contact};
    row.last.client_id = message.client_id;
    row.last.happened = host_.now();
    if (const auto capability = check(message); capability.verdict == channel::Verdict::refuse) {
        row.last.state = State::refused;
        row.last.reason = capability.reason;
        row.last.text = capability.text;
        return report(row);
    }
    row.text = message.content->text;
    row.place = ++last_place_;
    try {
        store_.save(row);
    } catch (const std::exception& failure) {
        store_works(false, failure.what());
        throw channel::Error(Status::unavailable, "store", failure.what(), pause_between_tries);
    }
    store_works(true, {});
    const auto conversation = row.conversation();
    report(rows_[message.client_id] = row);
    auto& queue = leaving_[conversation];
    queue.push_back({message.client_id});
    if (queue.size() == 1)
        host_.post([this, conversation] { deliver_first(conversation); });
}

void Spool::cancel(std::string_view client_id)
{
    const auto found = rows_.find(std::string(client_id));
    if (found == rows_.end()) {
        const channel::Report unknown{
            .state = State::refused,
            .client_id = std::string(client_id),
            .revision = 0,
            .happened = host_.now(),
            .reason = "unknown_message"};
        return run_->handover.give('\n' + unknown.client_id, unknown, {});
    }
    const auto& row = found->second;
    auto& queue = leaving_[row.conversation()];
    const auto is_it = [&](const Leaving& leaving) { return leaving.client_id == client_id; };
    const auto place = std::find_if(queue.begin(), queue.end(), is_it);
    if (place == queue.end() || place->with_provider)
        return report(row);
    host_.disarm(place->timer);
    const bool first = place == queue.begin();
    queue.erase(place);
    conclude(found->first, State::cancelled);
    if (first && !queue.empty())
        deliver_first(row.conversation());
}

void Spool::deliver_first(const std::string& conversation)
{
    const auto found = leaving_.find(conversation);
    if (found == leaving_.end() || found->second.empty() || found->second.front().with_provider)
        return;
    auto& first = found->second.front();
    const auto& row = rows_.at(first.client_id);
    try {
        run_->letters.put(first.client_id, row.contact, row.text);
    } catch (const std::exception&) {
        provider_works(run_->letters.reachable());
        return try_later(conversation);
    }
    provider_works(true);
    first.with_provider = true;
    first.timer = host_.arm(host_.now() + answer_within, [this, conversation, client_id = first.client_id] {
        leave(conversation);
        conclude(
            client_id, State::uncertain, "no_answer", "the provider has the letter, and has not answered"
        );
        deliver_first(conversation);
    });
}

void Spool::try_later(const std::string& conversation)
{
    auto& first = leaving_.at(conversation).front();
    first.with_provider = false;
    first.timer =
        host_.arm(host_.now() + pause_between_tries, [this, conversation] { deliver_first(conversation); });
}

void Spool::read_answers()
{
    std::vector<std::pair<std::string, Answer>> answers;
    for (const auto& [conversation, queue] : leaving_)
        if (!queue.empty() && queue.front().with_provider)
            if (auto answer = run_->letters.answer(queue.front().client_id))
                answers.emplace_back(conversation, std::move(*answer));
    for (const auto& [conversation, answer] : answers)
        answered(conversation, answer);
}

void Spool::answered(const std::string& conversation, const Answer& answer)
{
    const auto& first = leaving_.at(conversation).front();
    host_.disarm(first.timer);
    if (answer.kind == Answer::Kind::later)
        return try_later(conversation);
    const auto client_id = first.client_id;
    leave(conversation);
    if (answer.kind == Answer::Kind::taken)
        conclude(client_id, State::sent);
    else
        conclude(client_id, State::failed, answer.code, answer.text);
    deliver_first(conversation);
}

void Spool::leave(const std::string& conversation)
{
    auto& queue = leaving_.at(conversation);
    queue.pop_front();
    if (queue.empty())
        leaving_.erase(conversation);
}

void Spool::conclude(const std::string& client_id, State state, std::string reason, std::string text)
{
    auto& row = rows_.at(client_id);
    row.last.state = state;
    ++row.last.revision;
    row.last.happened = host_.now();
    row.last.reason = std::move(reason);
    row.last.text = std::move(text);
    sent_ += state == State::sent ? 1 : 0;
    try {
        store_.save(row);
        store_works(true, {});
    } catch (const std::exception& failure) {
        store_works(
            false, failure.what()
        );  // after a restart the provider is asked again, under the same name
    }
    report(row);
}

void Spool::report(const Row& row)
{
    const auto settled =
        [this, client_id = row.last.client_id, revision = row.last.revision](channel::Outcome outcome) {
            const auto found = rows_.find(client_id);
            if (outcome.status == Status::busy || found == rows_.end() || found->second.settled >= revision)
                return;
            found->second.settled = revision;
            try {
                store_.save(found->second);
            } catch (const std::exception& failure) {
                store_works(false, failure.what());  // then it is reported once more, and the host knows it
            }
        };
    run_->handover.give(row.conversation(), row.last, settled);
}

void Spool::look()
{
    run_->seen = true;
    read_answers();
    offer_letters();
    --busy_;
}

// In case that the system has not told of a change, and to see whether the provider is there.
void Spool::look_again_later()
{
    host_.arm(host_.now() + look_every, [this] {
        look_again_later();
        provider_works(run_->letters.reachable());
        read_answers();
        offer_letters();
    });
}

void Spool::offer_letters()
{
    const auto key = settings().key;
    for (const auto& file : run_->letters.waiting()) {
        if (run_->offered.contains(file))
            continue;
        try {
            const auto letter = Letters::read(file);
            if (!key.empty() && letter.key != key)
                throw std::runtime_error("it does not show the key");
            run_->offered.insert(file);
            offer(letter);
        } catch (const std::exception& failure) {
            host_.log(channel::Level::warning, "letter_set_aside", failure.what());
            Letters::set_aside(file);
        }
    }
}

void Spool::offer(const Letter& letter)
{
    channel::Item item{
        .kind = channel::ItemKind::message,
        .id = letter.id,
        .account = instance_,
        .contact = letter.contact,
        .happened = letter.written,
        .content = channel::Content{.kind = letter.file.empty() ? "text" : "file", .text = letter.text},
    };
    if (!letter.file.empty()) {
        item.content->path = letter.file.string();
        item.content->name = letter.file.filename().string();
        item.content->bytes = fs::file_size(letter.file);
    }
    // Settled: the host has it, or has said that it never takes it. Only now the provider is told so.
    const auto settled = [this, letter](channel::Outcome outcome) {
        if (outcome.status == Status::busy)
            return;
        if (!outcome)
            host_.log(
                channel::Level::warning, "letter_refused", "the host never takes it", {{"letter", letter.id}}
            );
        Letters::acknowledge(letter);
        run_->offered.erase(letter.path);
        ++received_;
    };
    const auto conversation = item.account + '\n' + item.contact;
    run_->handover.give(conversation, std::move(item), settled);
}

void Spool::provider_works(bool works)
{
    if (provider_works_.exchange(works) == works)
        return;
    if (works)
        host_.health(channel::Health::ok, "provider", "letters are taken again");
    else
        host_.health(channel::Health::down, "provider", "the directory out is not there");
}

void Spool::store_works(bool works, std::string_view why)
{
    if (store_works_.exchange(works) == works)
        return;
    if (works)
        host_.health(channel::Health::ok, "store", "messages can be stored again");
    else
        host_.health(channel::Health::down, "store", why);
}

std::string Spool::inspect(std::string_view topic) const
{
    if (topic == "health") {
        const auto* const level = provider_works_ && store_works_ ? "ok" : "down";
        return std::string("{\"level\":\"") + level + "\"}";
    }
    if (topic == "state")
        return "{\"busy\":" + std::to_string(busy_) + '}';
    if (topic == "config") {
        const auto present = settings();
        return "{\"directory\":" + channel::json_quoted(present.directory.string())
             + ",\"key\":" + (present.key.empty() ? "null" : R"("***")") + '}';
    }
    if (topic == "metrics")
        return "# TYPE spool_sent counter\nspool_sent_total " + std::to_string(sent_)
             + "\n# TYPE spool_received counter\nspool_received_total " + std::to_string(received_)
             + "\n# EOF\n";
    throw channel::unknown_topic(topic);
}
