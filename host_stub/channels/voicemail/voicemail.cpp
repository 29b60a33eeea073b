#include "voicemail/voicemail.hpp"

#include "voicemail/examination.hpp"
#include "voicemail/wav.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace voicemail {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::chrono::minutes longest{5};  // what a mailbox plays in one piece
constexpr std::size_t text_bytes = 2000;    // read aloud, some two minutes
constexpr std::chrono::seconds pause_between_tries{5};
// Without a store a state's revision is its place: the same in every run.
constexpr std::uint64_t revision_sent = 1, revision_delivered = 2, revision_read = 3;

std::string conversation_of(const std::string& account, const std::string& contact)
{
    return account + "\n" + contact;
}

struct Refusal {
    std::string reason, text;
};

std::optional<Refusal> why_refused(const channel::Message& message, const Settings& settings)
{
    if (!settings.has(message.account))
        return Refusal{"unknown_account", "There is no such mailbox."};
    if (!message.content)
        return std::nullopt;
    const auto& content = *message.content;
    if (content.kind == "text") {
        if (content.text.empty())
            return Refusal{"unsupported_content", "The text is empty."};
        if (content.text.size() > text_bytes)
            return Refusal{
                "text_too_long",
                "The text has " + std::to_string(content.text.size()) + " bytes, the limit is "
                    + std::to_string(text_bytes) + "."};
        return std::nullopt;
    }
    if (content.kind != "voice")
        return Refusal{"unsupported_content", "A mailbox holds voice and text."};
    const auto length = wav_length(content.path);
    if (!length)
        return Refusal{"unsupported_content", "The file is no WAV recording."};
    if (*length > longest)
        return Refusal{"recording_too_long", "The recording is longer than 5 minutes."};
    return std::nullopt;
}

}  // namespace

/// What there is between start and stop: who watches the folders, who writes to them, and what waits for them.
struct VoicemailChannel::Run {
    explicit Run(channel::Host host, const std::vector<fs::path>& folders) : watch(folders), handover(host) {}

    void put(channel::Task task)
    {
        const std::lock_guard lock{mutex};
        tasks.push_back(std::move(task));
        wake.notify_one();
    }

    // What is waiting when it ends is lost here and not at the host, which hands it over again.
    void write()
    {
        std::unique_lock lock{mutex};
        while (!ending) {
            if (tasks.empty()) {
                wake.wait(lock);
                continue;
            }
            auto task = std::move(tasks.front());
            tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    void end()
    {
        watch.stop();
        const std::lock_guard lock{mutex};
        ending = true;
        wake.notify_one();
    }

    Watch watch;
    channel::Handover handover;
    std::set<std::string> offered;                                   // [lane] recordings with the host
    std::map<std::string, std::pair<std::string, Deposit>> unheard;  // [lane] by id: the mailbox, the deposit
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<channel::Task> tasks;
    bool ending = false;
    channel::Thread watcher, writer;
};

VoicemailChannel::VoicemailChannel(channel::Host host, std::string_view) : host_(host) {}

std::shared_ptr<const Settings> VoicemailChannel::settings() const
{
    const std::lock_guard lock{mutex_};
    return settings_;
}

Mailbox VoicemailChannel::mailbox(const std::string& name) const
{
    return Mailbox{settings()->directory / name};
}

void VoicemailChannel::configure(const channel::Settings& given, channel::Completion done)
{
    auto [read, findings] = read_settings(given);
    if (!findings.empty())
        return done.refuse(findings);
    if (given.mode == channel::Mode::apply) {
        const std::lock_guard lock{mutex_};
        if (run_ && settings_
            && (read.directory != settings_->directory || read.mailboxes != settings_->mailboxes)) {
            findings.push_back(
                {channel::Level::warning, "", 0, 0, "needs_restart", "mailboxes change at the next start"}
            );
            read.directory = settings_->directory;
            read.mailboxes = settings_->mailboxes;
        }
        settings_ = std::make_shared<const Settings>(std::move(read));
    }
    done.ok(findings);
}

void VoicemailChannel::start(channel::Completion done)
{
    const auto present = settings();
    std::vector<fs::path> folders;
    try {
        for (const auto& name : present->mailboxes) {
            mailbox(name).prepare();
            folders.push_back(mailbox(name).in());
            folders.push_back(mailbox(name).heard_folder());
        }
        run_ = std::make_unique<Run>(host_, folders);
        for (const auto& name : present->mailboxes) {
            for (auto& deposit : mailbox(name).deposits()) {
                if (!mailbox(name).heard(deposit.file))
                    run_->unheard[deposit.id] = {name, deposit};
            }
        }
    } catch (const fs::filesystem_error& why) {
        throw channel::Error{channel::Status::unavailable, "cannot_open", why.what()};
    }
    run_->watcher = channel::Thread{
        host_, "voicemail-in", [this, run = run_.get()] { run->watch.run([this] { look_soon(); }); }};
    run_->writer = channel::Thread{host_, "voicemail-out", [run = run_.get()] { run->write(); }};
    host_.post([this] { scan(); });
    done.ok();
}

void VoicemailChannel::stop(std::chrono::milliseconds, channel::Completion done)
{
    run_->end();  // a deposit takes milliseconds: no grace is needed
    run_->watcher.join();
    run_->writer.join();
    run_.reset();
    known_.clear();
    to_put_.clear();  // the host has them without a report, and hands them over again
    writing_ = false;
    look_is_on_its_way_ = false;
    busy_ = 0;
    done.ok();
}

channel::Capability VoicemailChannel::check(const channel::Message& message) const
{
    const auto present = settings();
    channel::Capability capability;
    auto refusal = why_refused(message, *present);
    if (present->has(message.account)) {
        const auto waiting = static_cast<std::int64_t>(mailbox(message.account).deposits_waiting());
        capability.slots_left =
            static_cast<std::int32_t>(std::max<std::int64_t>(0, present->places - waiting));
        if (!refusal && capability.slots_left == 0)
            refusal = Refusal{"mailbox_full", "All places of the mailbox are taken."};
    }
    if (refusal) {
        capability.verdict = channel::Verdict::refuse;
        capability.reason = refusal->reason;
        capability.text = refusal->text;
    }
    return capability;
}

void VoicemailChannel::send(const channel::Message& message)
{
    if (const auto known = known_.find(message.client_id); known != known_.end()) {
        if (known->second)
            run_->handover.give(conversation_of(message.account, message.contact), *known->second, {});
        return;  // in hand: its report is on the way
    }
    known_[message.client_id] = std::nullopt;
    to_put_.push_back(message);
    put_first();
}

void VoicemailChannel::put_first()
{
    if (writing_ || to_put_.empty())
        return;
    writing_ = true;
    ++busy_;
    run_->put([this, message = to_put_.front()] { put(message); });
}

// A disk that fails takes nothing of anybody: all wait, and keep their order.
void VoicemailChannel::put_again_later()
{
    writing_ = false;
    host_.arm(host_.now() + pause_between_tries, [this] { put_first(); });
}

// On the writer's thread: the disk may be slow.
void VoicemailChannel::put(const channel::Message& message)
{
    try {
        const auto box = mailbox(message.account);
        // What is there already is there: a repeat is not refused because it has filled the mailbox itself.
        const auto deposits = settings()->has(message.account) ? box.deposits() : std::vector<Deposit>{};
        const auto is_it = [&](const Deposit& deposit) { return deposit.id == message.client_id; };
        const auto capability = check(message);
        if (std::ranges::none_of(deposits, is_it) && capability.verdict == channel::Verdict::refuse) {
            host_.post([this, message, capability] {
                to_put_.pop_front();
                writing_ = false;
                channel::Report refused{.state = channel::State::refused, .client_id = message.client_id};
                refused.reason = capability.reason;
                refused.text = capability.text;
                report(conversation_of(message.account, message.contact), refused);
                put_first();
            });
        } else {
            const auto made =
                box.deposit(message.client_id, message.contact, message.content->text, message.content->path);
            host_.post([this, message, made] { deposited(message, made); });
        }
        if (!disk_good_.exchange(true))
            host_.health(channel::Health::ok, "disk_good", "deposits are written");
    } catch (const std::exception& why) {
        if (disk_good_.exchange(false))
            host_.health(channel::Health::down, "disk_failed", why.what());
        host_.post([this] { put_again_later(); });
    }
    --busy_;
}

void VoicemailChannel::deposited(const channel::Message& message, const Deposit& deposit)
{
    ++deposited_;
    to_put_.pop_front();
    writing_ = false;
    const auto conversation = conversation_of(message.account, message.contact);
    channel::Report told{
        .state = channel::State::sent, .client_id = message.client_id, .revision = revision_sent};
    report(conversation, told);
    // The file and its line in the index are the indicator that the caller's telephone shows.
    told.state = channel::State::delivered;
    told.revision = revision_delivered;
    report(conversation, told);
    run_->unheard[deposit.id] = {message.account, deposit};
    put_first();
}

void VoicemailChannel::report(const std::string& conversation, const channel::Report& given)
{
    auto told = given;
    told.happened = host_.now();
    known_[told.client_id] = told;
    run_->handover.give(conversation, told, {});
}

void VoicemailChannel::look_whether_heard()
{
    std::erase_if(run_->unheard, [this](const auto& entry) {
        const auto& [name, deposit] = entry.second;
        if (!mailbox(name).heard(deposit.file))
            return false;
        channel::Report heard{
            .state = channel::State::read, .client_id = deposit.id, .revision = revision_read};
        report(conversation_of(name, deposit.contact), heard);
        return true;
    });
}

void VoicemailChannel::cancel(std::string_view client_id)
{
    const std::string id{client_id};
    const auto is_it = [&](const channel::Message& message) { return message.client_id == id; };
    if (const auto waits = std::ranges::find_if(to_put_, is_it); waits != to_put_.end()) {
        if (writing_ && waits == to_put_.begin())
            return;  // it is being written: its report is on the way
        const auto conversation = conversation_of(waits->account, waits->contact);
        to_put_.erase(waits);
        return report(conversation, {.state = channel::State::cancelled, .client_id = id});
    }
    const auto known = known_.find(id);
    channel::Report answer{
        .state = channel::State::refused, .client_id = id, .revision = 0, .reason = "unknown_message"};
    if (known != known_.end() && known->second)
        answer = *known->second;
    answer.happened = host_.now();
    run_->handover.give("\n" + id, answer, {});
}

// On the watcher's thread. Many files at once are one look.
void VoicemailChannel::look_soon()
{
    if (look_is_on_its_way_.exchange(true))
        return;
    ++busy_;
    host_.post([this] {
        look_is_on_its_way_ = false;
        scan();
        look_whether_heard();
        --busy_;
    });
}

void VoicemailChannel::scan()
{
    for (const auto& name : settings()->mailboxes) {
        const auto is_new = [&](const std::string& recording) {
            return !run_->offered.contains(name + "/" + recording);
        };
        for (const auto& recording : mailbox(name).recordings(is_new)) {
            run_->offered.insert(name + "/" + recording.name);
            offer(name, recording);
        }
    }
}

void VoicemailChannel::offer(const std::string& name, const Recording& recording)
{
    const auto id = name + "/" + recording.name;
    const auto conversation = conversation_of(name, recording.caller);
    const auto written = std::chrono::file_clock::to_sys(fs::last_write_time(recording.file));
    channel::Item item{.id = id, .account = name, .contact = recording.caller};
    item.happened = std::chrono::floor<channel::Milliseconds>(written);
    if (const auto& greeting = settings()->greeting; !greeting.empty()) {
        auto heard = item;
        heard.kind = channel::ItemKind::echo;
        heard.id += "#greeting";
        heard.name = "greeting";
        heard.content.emplace();
        heard.content->text = greeting;
        run_->handover.give(conversation, std::move(heard), {});
    }
    item.content.emplace();
    item.content->kind = "voice";
    item.content->text = recording.transcript;
    item.content->path = recording.file.string();
    item.content->mime = "audio/wav";
    item.content->name = recording.name;
    item.content->bytes = fs::file_size(recording.file);
    run_->handover.give(conversation, std::move(item), [this, name, recording, id](channel::Outcome outcome) {
        if (outcome.status == channel::Status::busy)
            return;  // it waits; the end will be told again
        if (!outcome)
            host_.log(
                channel::Level::warning, "recording_refused", "the host never takes it", {{"recording", id}}
            );
        ++received_;
        mailbox(name).mark_fetched(recording.name);
        run_->offered.erase(id);
    });
}

void VoicemailChannel::examine(channel::Completion done)
{
    done.ok(voicemail::examine(*settings()));
}

std::string VoicemailChannel::inspect(std::string_view topic) const
{
    json::object answer;
    if (topic == "health") {
        answer["level"] = disk_good_ ? "ok" : "down";
        answer["text"] = disk_good_ ? "" : "deposits cannot be written";
    } else if (topic == "state") {
        answer["busy"] = busy_.load();
    } else if (topic == "config") {
        if (const auto present = settings()) {
            answer["directory"] = present->directory.string();
            answer["mailboxes"] = json::array(present->mailboxes.begin(), present->mailboxes.end());
            answer["places"] = present->places;
        }
    } else if (topic == "metrics") {
        return "# TYPE voicemail_received counter\nvoicemail_received_total " + std::to_string(received_)
             + "\n# TYPE voicemail_deposited counter\nvoicemail_deposited_total " + std::to_string(deposited_)
             + "\n# EOF\n";
    } else {
        throw channel::unknown_topic(topic);
    }
    return json::serialize(answer);
}

}  // namespace voicemail

CHANNEL_PLUGIN(voicemail::VoicemailChannel)
