#include "doctor.hpp"

#include "parts.hpp"
#include "reloads.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <set>

namespace host {
namespace {

using channel::Examined;
using Level = Examined::Level;

// A channel's steps have their own limits, seconds each; accounts are many.
constexpr std::chrono::minutes patience{10};

/// What a channel gets that is only examined: a clock and a lane. What it would tell a host nobody hears.
class Bedside final : public channel::LaneServices {
public:
    using LaneServices::LaneServices;

    void log(channel::Level, std::string_view, std::string_view, std::string_view) override {}
    void health(channel::Health, std::string_view, std::string_view) override {}
    channel::Outcome offer(const channel::Item&, channel::Token) override
    {
        return {channel::Status::state, {}};
    }
    channel::Outcome report(const channel::Report&, channel::Token) override
    {
        return {channel::Status::state, {}};
    }
};

/// A channel that is loaded and configured, and not started.
class Examination {
public:
    explicit Examination(const channel::Library& library, const std::string& name)
        : instance_(std::in_place, library.create(name, services_))
    {}
    // Nothing runs on the lane any more, so that its last call may come from here.
    ~Examination()
    {
        lane_.close();
        instance_.reset();
    }
    Examination(const Examination&) = delete;
    Examination& operator=(const Examination&) = delete;

    channel::Result configure(const channel::Settings& settings)
    {
        return ended([&](const channel::Done& done) { instance_->configure(settings, done); });
    }
    channel::Result examine()
    {
        return ended([&](const channel::Done& done) { instance_->examine(done); });
    }
    [[nodiscard]] std::string config() const
    {
        try {
            return instance_->inspect("config");
        } catch (const channel::Error&) {
            return {};  // a channel need not have any
        }
    }

private:
    template <class Call>
    channel::Result ended(const Call& call)
    {
        // Shared with a completion that may come after our patience.
        const auto result = std::make_shared<std::promise<channel::Result>>();
        auto answer = result->get_future();
        lane_.post([&call, result] {
            const auto done = [result](const channel::Result& end) { result->set_value(end); };
            try {
                call(done);
            } catch (const channel::Error& error) {
                done({error.status(), channel::json_of(error)});
            }
        });
        if (answer.wait_for(patience) == std::future_status::ready)
            return answer.get();
        lane_.close();  // what call refers to goes with us
        return {channel::Status::unavailable, R"({"text":"the channel does not answer"})"};
    }

    channel::Clock clock_;
    channel::Lane lane_{clock_};
    Bedside services_{lane_};
    std::optional<channel::Instance> instance_;
};

class Chart {
public:
    explicit Chart(std::string channel) : channel_(std::move(channel)) {}

    void add(std::string account, std::string step, Level level, std::string text, std::string remedy = {})
    {
        add({std::move(account), std::move(step), level, std::move(text), std::move(remedy)});
    }
    void add(Examined step) { all_.push_back({channel_, std::move(step)}); }
    [[nodiscard]] std::vector<Diagnosis> take() { return std::move(all_); }

private:
    std::string channel_;
    std::vector<Diagnosis> all_ = {};
};

// What the channel says of its settings: faults, and of whom its own examination says nothing.
void add_findings(
    const std::string& channel,
    const std::vector<CustomerReload>& findings,
    const std::set<std::string>& examined,
    Chart& chart
)
{
    for (const auto& customer : findings) {
        const auto account = customer.customer == channel ? std::string{} : customer.customer;
        for (const auto& error : customer.errors)
            chart.add(account, "configuration", Level::wrong, error, "Correct it.");
        if (!customer.ok || examined.contains(account))
            continue;
        const auto said = joined(customer.notes);
        chart.add(account, "configuration", Level::ok, said.empty() ? "the settings are good" : said);
    }
}

void examine(
    const std::string& channel,
    const channel::Library& library,
    Examination& examination,
    const std::vector<CustomerReload>& findings,
    Chart& chart
)
{
    if (!library.offers(CHANNEL_DOCTOR))
        return add_findings(channel, findings, {}, chart);
    const auto result = examination.examine();
    const auto steps = result ? read_examined(result.json) : std::nullopt;
    std::set<std::string> examined;
    if (steps)
        for (const auto& step : *steps)
            examined.insert(step.account);
    add_findings(channel, findings, examined, chart);
    if (!steps)
        return chart.add(
            "", "examination", Level::wrong, "the channel cannot examine itself: " + result.json, "Report it."
        );
    for (const auto& step : *steps)
        chart.add(step);
}

}  // namespace

std::vector<Diagnosis> diagnose(const ChannelConfig& channel, const Config& config)
{
    Chart chart{channel.id};
    try {
        const auto library = channel.linked ? channel::Library::linked(*channel.linked)
                                            : channel::Library::load(channel.library);
        Examination examination{library, channel.id};
        const auto configured = examination.configure(settings_of(channel, config));
        const auto findings = reloads_of(channel.id, examination.config(), configured);
        if (configured)
            examine(channel.id, library, examination, findings, chart);
        else
            add_findings(channel.id, findings, {}, chart);
    } catch (const channel::Error& error) {
        chart.add("", "library", Level::wrong, error.text(), "Correct \"library\" in the host's file.");
    }
    return chart.take();
}

bool is_anything_wrong(const std::vector<Diagnosis>& all)
{
    return std::ranges::any_of(all, [](const auto& one) { return one.step.level == Level::wrong; });
}

}  // namespace host
