// What a host tells of itself.
#include "metrics.hpp"
#include "parts.hpp"
#include "public_ids.hpp"
#include "reader.hpp"

namespace host {
namespace {

void add_traffic(Metrics& metrics, const std::string& channel, const Traffic::Figures& traffic)
{
    const auto label = "{channel=\"" + channel + "\"}";
    metrics.add("host_messages_received", "counter", "Messages of contacts.", label, traffic.received);
    for (const auto& [state, count] : traffic.states) {
        const auto labels = "{channel=\"" + channel + "\",state=\"" + state + "\"}";
        metrics.add(
            "host_message_states", "counter", "Messages of employees, by what came of them.", labels, count
        );
    }
    metrics.add_summary(
        "host_send_seconds",
        "From the hand-over of a message to the report that ends it, without those that were queued.",
        label,
        traffic.answered,
        traffic.answering.count()
    );
}

// Where a channel tells its accounts apart, what it says now; else what it says of itself without running.
std::string capabilities_of(const Line& line)
try {
    return line.instance().inspect("capabilities");
} catch (const channel::Error&) {
    return std::string{line.library().capabilities()};
}

}  // namespace

std::vector<ChannelStatus> Host::channels() const
{
    std::vector<ChannelStatus> all;
    for (const auto& running : parts_->channels) {
        const auto health = running.line->health();
        all.push_back({
            .id = running.line->id(),
            .type = std::string{running.line->library().type()},
            .health = health.level,
            .health_text = health.text,
            .capabilities = capabilities_of(*running.line),
        });
    }
    return all;
}

std::string Host::inspect(std::string_view channel, std::string_view topic) const
{
    const auto* const line = parts_->line(channel);
    if (!line)
        throw channel::Error{channel::Status::unavailable, "unknown_channel", "This channel is not running."};
    return line->instance().inspect(topic);
}

std::vector<std::string> Host::ailments() const
{
    std::vector<std::string> all;
    if (const auto fault = parts_->store->fault(); !fault.empty())
        all.push_back("store: " + fault);
    for (const auto& running : parts_->channels) {
        const auto health = running.line->health();
        const auto phase = running.line->instance().phase();
        if (health.level == channel::Health::down)
            all.push_back(running.line->id() + ": " + health.text);
        else if (phase != channel::Phase::running)
            all.push_back(running.line->id() + ": " + std::string{name_of(phase)});
    }
    return all;
}

std::string Host::metrics() const
{
    Metrics metrics;
    metrics.add("host_commits", "counter", "Transactions of the host's store.", "", parts_->store->commits());
    metrics.add("host_store_waiting", "gauge", "What waits for the disk.", "", parts_->store->waiting());
    auto waiting = Reader{parts_->store->file()}.waiting();
    for (const auto& running : parts_->channels) {
        const auto& line = *running.line;
        const auto& counters = line.counters();
        const auto label = "{channel=\"" + line.id() + "\"}";
        metrics.add("host_offers", "counter", "Items taken from a channel.", label, counters.offers);
        metrics.add("host_repeats", "counter", "Items that were known.", label, counters.repeats);
        metrics.add("host_reports", "counter", "Reports taken from a channel.", label, counters.reports);
        metrics.add(
            "host_reports_refused", "counter", "Reports about unknown messages.", label, counters.turned_away
        );
        metrics.add("host_sends", "counter", "Messages handed to a channel.", label, counters.sends);
        add_traffic(metrics, line.id(), line.traffic());
        metrics.add(
            "host_messages_waiting",
            "gauge",
            "Messages that a channel has queued.",
            label,
            static_cast<std::uint64_t>(waiting[line.id()])
        );
        metrics.add(
            "host_open_tokens",
            "gauge",
            "Offers and reports not settled.",
            label,
            line.instance().open_tokens()
        );
        metrics.add(
            "host_misbehaviours",
            "counter",
            "Breaches of the contract.",
            label,
            line.instance().misbehaviours()
        );
        const auto down = line.health().level == channel::Health::down ? 1U : 0U;
        metrics.add("host_channel_down", "gauge", "1: the channel says that it is down.", label, down);
        try {
            metrics.merge(line.id(), line.instance().inspect("metrics"));
        } catch (const channel::Error&) {
            // A channel need not have any.
        }
    }
    return metrics.text();
}

const std::filesystem::path& Host::store_file() const
{
    return parts_->store->file();
}
void Host::on_commit(std::function<void()> call)
{
    parts_->store->on_commit(std::move(call));
}
std::string Host::public_id(ConversationId id) const
{
    return host::public_id(parts_->store->id(), id);
}
std::optional<ConversationId> Host::conversation_of(std::string_view id) const
{
    return host::conversation_of(parts_->store->id(), id);
}
const Config& Host::config() const
{
    return parts_->config;
}
const Log& Host::log() const
{
    return parts_->log;
}

}  // namespace host
