#include "sms/sms.hpp"

#include "sms/segments.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace sms {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::uint32_t most_segments = 10;           // what gateways join on the phone without trouble
constexpr channel::Milliseconds longest_pause = 60s;  // between two tries
constexpr int most_tries = 1500;                      // a day's worth of them
constexpr std::chrono::hours remembered{7 * 24};      // plugin-api 3.8
constexpr std::size_t remembered_at_once = 100'000;
constexpr std::uint64_t revision_sent = 1, revision_receipt = 2;  // without a store: by what they say

std::string conversation_of(const std::string& account, const std::string& contact)
{
    return account + "\n" + contact;
}

std::optional<std::string> word(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains(name);
    return found && found->is_string() ? std::optional{std::string{found->as_string()}} : std::nullopt;
}

std::optional<json::object> read_object(const std::string& body)
{
    json::error_code broken;
    json::parse_options options;
    options.max_depth = 4;
    auto value = json::parse(body, broken, {}, options);
    if (broken || !value.is_object())
        return std::nullopt;
    return std::move(value.as_object());
}

// Not std::ranges: this channel is also built by clang 14 with its libc++, which has no such algorithms yet.
bool contains(const std::vector<std::string>& all, const std::string& one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_id(const std::string& text)
{
    return !text.empty() && text.size() <= 200;
}

struct Refusal {
    std::string reason, text;
};

std::optional<Refusal>
why_refused(const channel::Message& message, const Settings& settings, const OptOuts& opt_outs)
{
    if (!contains(settings.numbers, message.account))
        return Refusal{"unknown_account", "This is none of our numbers."};
    if (!is_e164(message.contact))
        return Refusal{"unknown_contact", "The contact is no telephone number."};
    if (opt_outs.contains(message.account, message.contact))
        return Refusal{"opted_out", "The contact has said STOP."};
    if (!message.content)
        return std::nullopt;
    if (message.content->kind != "text" || message.content->text.empty())
        return Refusal{"unsupported_content", "An SMS is a text."};
    if (const auto count = segments_of(message.content->text).count; count > most_segments)
        return Refusal{
            "text_too_long",
            "The text takes " + std::to_string(count) + " segments, the limit is "
                + std::to_string(most_segments) + "."};
    return std::nullopt;
}

}  // namespace

/// What there is between start and stop: a loop with its thread, and what it serves.
struct SmsChannel::Run {
    explicit Run(channel::Host host) : handover(host) {}

    asio::io_context loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{loop.get_executor()};
    asio::steady_timer end_of_grace{loop};
    std::unique_ptr<Webhook> webhook;
    channel::Handover handover;
    channel::Completion stopped;
    channel::Thread thread;
};

SmsChannel::SmsChannel(channel::Host host, std::string_view) : host_(host) {}

std::shared_ptr<const Settings> SmsChannel::settings() const
{
    const std::lock_guard lock{mutex_};
    return settings_;
}

void SmsChannel::configure(const channel::Settings& given, channel::Completion done)
{
    auto [read, findings] = read_settings(given);
    if (!findings.empty())
        return done.refuse(findings);
    if (read.store.empty())
        findings.push_back(
            {channel::Level::warning,
             "",
             0,
             0,
             "no_store",
             "without \"store\" a STOP is forgotten at restart"}
        );
    if (given.mode == channel::Mode::apply) {
        const std::lock_guard lock{mutex_};
        const auto moved = run_ && settings_
                        && (settings_->listen.port != read.listen.port
                            || settings_->listen.address != read.listen.address);
        if (moved)
            findings.push_back(
                {channel::Level::warning, "", 0, 0, "needs_restart", "\"listen\" changes at the next start"}
            );
        settings_ = std::make_shared<const Settings>(std::move(read));
    }
    done.ok(findings);
}

void SmsChannel::start(channel::Completion done)
{
    const auto present = settings();
    opt_outs_.open(present->store);
    auto run = std::make_unique<Run>(host_);
    const auto handler = [this](const Webhook::Request& request, Webhook::Reply reply) {
        take(request, std::move(reply));
    };
    try {
        run->webhook = std::make_unique<Webhook>(run->loop, present->listen, handler);
    } catch (const boost::system::system_error& why) {
        throw channel::Error{
            channel::Status::unavailable,
            "cannot_listen",
            present->listen.address + ":" + std::to_string(present->listen.port) + ": "
                + why.code().message()};
    }
    run_ = std::move(run);
    port_ = run_->webhook->port();
    run_->webhook->start();
    run_->thread =
        channel::Thread{host_, "sms", [this, run_now = run_.get()] {
                            run_now->loop.run();
                            // The lane joins this thread, which has nothing more to do, and only then says that all has ended.
                            host_.post([this] {
                                auto ended = std::move(run_->stopped);
                                run_.reset();
                                busy_ = 0;  // what the end of the grace has cut off tells nobody any more
                                ended.ok();
                            });
                        }};
    host_.log(channel::Level::info, "listening", "the gateway may call", {{"port", run_->webhook->port()}});
    done.ok();
}

void SmsChannel::stop(std::chrono::milliseconds grace, channel::Completion done)
{
    queues_.clear();  // the host has them without a report, and hands them over again
    known_.clear();
    run_->stopped = std::move(done);
    auto& run = *run_;
    const auto end = [this, &run, grace] {
        run.webhook->stop();
        run.work.reset();
        run.end_of_grace.expires_after(busy_ > 0 ? grace : 0ms);
        run.end_of_grace.async_wait([&run](const boost::system::error_code&) { run.loop.stop(); });
    };
    asio::post(run.loop, end);
}

channel::Capability SmsChannel::check(const channel::Message& message) const
{
    const auto present = settings();
    channel::Capability capability;
    if (const auto refusal = why_refused(message, *present, opt_outs_)) {
        capability.verdict = channel::Verdict::refuse;
        capability.reason = refusal->reason;
        capability.text = refusal->text;
    }
    if (message.content && message.content->kind == "text")
        capability.cost = segments_of(message.content->text).count;
    return capability;
}

void SmsChannel::send(const channel::Message& message)
{
    const auto conversation = conversation_of(message.account, message.contact);
    if (const auto known = known_.find(message.client_id); known != known_.end()) {
        if (known->second.last)
            run_->handover.give(conversation, *known->second.last, {});
        return;  // in hand: its report is on the way
    }
    remember(message.client_id);
    channel::Report refused{.state = channel::State::refused, .client_id = message.client_id};
    if (const auto refusal = why_refused(message, *settings(), opt_outs_)) {
        refused.reason = refusal->reason;
        refused.text = refusal->text;
        return report(conversation, std::move(refused));
    }
    auto& queue = queues_[conversation];
    queue.push_back({.text = {message.client_id, message.account, message.contact, message.content->text}});
    if (queue.size() == 1)
        deliver_first(conversation);
}

void SmsChannel::cancel(std::string_view client_id)
{
    channel::Report answer{.client_id = std::string{client_id}, .happened = host_.now()};
    for (auto& [conversation, queue] : queues_) {
        const auto is_it = [&](const Outgoing& outgoing) { return outgoing.text.id == client_id; };
        const auto found = std::find_if(queue.begin(), queue.end(), is_it);
        if (found == queue.end())
            continue;
        if (found == queue.begin())
            return;  // the gateway may have it: its report is on the way
        queue.erase(found);
        answer.state = channel::State::cancelled;
        return report(conversation, std::move(answer));
    }
    const auto known = known_.find(std::string{client_id});
    if (known != known_.end() && known->second.last) {
        answer = *known->second.last;
    } else {
        answer.state = channel::State::refused;
        answer.reason = "unknown_message";
        answer.revision = 0;
    }
    run_->handover.give("\n" + answer.client_id, answer, {});
}

void SmsChannel::remember(const std::string& client_id)
{
    const auto now = host_.now();
    if (known_.size() >= remembered_at_once)
        std::erase_if(known_, [&](const auto& entry) {
            return entry.second.last && entry.second.at + remembered < now;
        });
    known_[client_id].at = now;
}

void SmsChannel::report(const std::string& conversation, channel::Report report)
{
    report.happened = host_.now();
    known_[report.client_id] = {report, host_.now()};
    run_->handover.give(conversation, std::move(report), {});
}

// One at a time per conversation, so that texts arrive in their order; others do not wait.
void SmsChannel::deliver_first(const std::string& conversation)
{
    const auto found = queues_.find(conversation);
    if (found == queues_.end())
        return;
    const auto present = settings();
    ++busy_;
    auto ended = [this, conversation](std::exception_ptr, Delivery delivery) {
        host_.post([this, conversation, delivery = std::move(delivery)] { delivered(conversation, delivery); }
        );
        --busy_;
    };
    asio::co_spawn(
        run_->loop, deliver(present->gateway, present->token, found->second.front().text), std::move(ended)
    );
}

void SmsChannel::delivered(const std::string& conversation, const Delivery& delivery)
{
    gateway_answered(delivery.code != "gateway_unreachable", delivery.words);
    const auto found = queues_.find(conversation);
    if (found == queues_.end())
        return;  // it stops
    auto& queue = found->second;
    auto& first = queue.front();
    if (delivery.outcome == Delivery::Outcome::later && ++first.tries < most_tries) {
        ++counters_.retries;
        const auto pause =
            std::min<channel::Milliseconds>(longest_pause, 1s * (1 << std::min(first.tries - 1, 6)));
        host_.arm(host_.now() + pause, [this, conversation] { deliver_first(conversation); });
        return;
    }
    const auto is_sent = delivery.outcome == Delivery::Outcome::sent;
    ++(is_sent ? counters_.sent : counters_.failed);
    channel::Report outcome{
        .state = is_sent ? channel::State::sent : channel::State::failed,
        .client_id = first.text.id,
        .revision = revision_sent,
        .reason = delivery.code,
        .text = delivery.words,
    };
    queue.pop_front();
    const auto more = !queue.empty();
    if (!more)
        queues_.erase(found);
    report(conversation, std::move(outcome));
    if (more)
        deliver_first(conversation);
}

void SmsChannel::gateway_answered(bool up, const std::string& words)
{
    if (gateway_up_.exchange(up) == up)
        return;
    if (up)
        host_.health(channel::Health::ok, "gateway_reachable", "the gateway answers");
    else
        host_.health(channel::Health::down, "gateway_unreachable", "the gateway does not answer: " + words);
}

void SmsChannel::take(const Webhook::Request& request, Webhook::Reply reply)
{
    const auto token = settings()->token;
    if (!token.empty() && request.authorization != "Bearer " + token)
        return reply(401);
    if (request.path == "/sms")
        return take_text(request.body, std::move(reply));
    if (request.path == "/receipts")
        return take_receipt(request.body, std::move(reply));
    reply(404);
}

// {id, from, to, text, at}: at is milliseconds since the epoch, as the gateway received it; without: now.
void SmsChannel::take_text(const std::string& body, Webhook::Reply reply)
{
    const auto object = read_object(body);
    if (!object)
        return reply(400);
    const auto id = word(*object, "id");
    const auto from = word(*object, "from");
    const auto to = word(*object, "to");
    const auto text = word(*object, "text");
    const auto numbers = settings()->numbers;
    if (!id || !is_id(*id) || !from || !is_e164(*from) || !text || !channel::valid_utf8(*text))
        return reply(400);
    if (!to || !contains(numbers, *to))
        return reply(404);
    try {
        if (const auto out = opt_out_word(*text))
            opt_outs_.set(*to, *from, *out);
    } catch (const channel::Error& error) {
        host_.log(channel::Level::error, error.code(), error.text());
        return reply(503);
    }
    channel::Item item{.id = *id, .account = *to, .contact = *from, .happened = host_.now()};
    if (const auto* const at = object->if_contains("at"); at && at->is_int64())
        item.happened = channel::Time{channel::Milliseconds{at->as_int64()}};
    item.content.emplace();
    item.content->text = *text;
    ++counters_.received;
    hand_over(conversation_of(*to, *from), std::move(item), std::move(reply));
}

// {id, from, to, state: delivered | failed, code}: of a text of ours, from and to as we gave them.
void SmsChannel::take_receipt(const std::string& body, Webhook::Reply reply)
{
    const auto object = read_object(body);
    if (!object)
        return reply(400);
    const auto id = word(*object, "id");
    const auto state = word(*object, "state");
    if (!id || !is_id(*id) || !state || (*state != "delivered" && *state != "failed"))
        return reply(400);
    channel::Report report{
        .state = *state == "delivered" ? channel::State::delivered : channel::State::failed,
        .client_id = *id,
        .revision = revision_receipt,
        .happened = host_.now(),
        .reason = word(*object, "code").value_or(""),
    };
    const auto conversation =
        conversation_of(word(*object, "from").value_or(""), word(*object, "to").value_or(""));
    hand_over(conversation, std::move(report), std::move(reply));
}

// The gateway hears 200 once the host has it for good; 503 makes it bring it again.
void SmsChannel::hand_over(std::string conversation, channel::Handover::Given given, Webhook::Reply reply)
{
    ++busy_;
    const auto answer = [this, reply, answered = std::make_shared<bool>(false)](channel::Outcome outcome) {
        if (outcome.status == channel::Status::refused)
            host_.log(channel::Level::warning, "refused_by_host", "the host never takes what the gateway brought");
        if (std::exchange(*answered, true))
            return;  // while the host was busy the gateway got its 503
        reply(
            outcome.status == channel::Status::busy || outcome.status == channel::Status::state ? 503 : 200
        );
        --busy_;
    };
    const auto give = [this, conversation = std::move(conversation), given = std::move(given), answer] {
        if (const auto* const report = std::get_if<channel::Report>(&given))
            if (const auto known = known_.find(report->client_id); known != known_.end())
                known->second.last = *report;
        run_->handover.give(conversation, given, answer);
    };
    if (!host_.post(give))
        answer({channel::Status::busy, {}});
}

std::string SmsChannel::inspect(std::string_view topic) const
{
    json::object answer;
    if (topic == "health") {
        answer["level"] = gateway_up_ ? "ok" : "down";
        answer["text"] = gateway_up_ ? "" : "the gateway does not answer";
    } else if (topic == "state") {
        answer["busy"] = busy_.load();
        answer["port"] = port_.load();
    } else if (topic == "config") {
        if (const auto present = settings()) {
            answer["gateway"] =
                "http://" + present->gateway.address + ":" + std::to_string(present->gateway.port);
            answer["listen"] = present->listen.address + ":" + std::to_string(present->listen.port);
            answer["numbers"] = json::array(present->numbers.begin(), present->numbers.end());
            answer["token"] = present->token.empty() ? "" : "***";
        }
    } else if (topic == "metrics") {
        return "# TYPE sms_sent counter\nsms_sent_total " + std::to_string(counters_.sent)
             + "\n# TYPE sms_failed counter\nsms_failed_total " + std::to_string(counters_.failed)
             + "\n# TYPE sms_received counter\nsms_received_total " + std::to_string(counters_.received)
             + "\n# TYPE sms_retries counter\nsms_retries_total " + std::to_string(counters_.retries)
             + "\n# EOF\n";
    } else {
        throw channel::unknown_topic(topic);
    }
    return json::serialize(answer);
}

}  // namespace sms

CHANNEL_PLUGIN(sms::SmsChannel)
