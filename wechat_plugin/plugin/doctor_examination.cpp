#include "plugin/doctor_examination.hpp"

#include "plugin/doctor_account.hpp"
#include "plugin/doctor_endpoint.hpp"
#include "plugin/doctor_way.hpp"

#include <array>
#include <utility>

namespace wechat::plugin {
namespace {

using channel::Examined;
using Level = Examined::Level;

constexpr std::array after_connection{
    "clock", "allow_list", "token", "callback_url", "permission_to_send", "permission_to_invite", "quota"};

/// The steps so far, and what became of those that the next ones need.
class Chart {
public:
    explicit Chart(std::string account) : account_(std::move(account)) {}

    /// Whether one may go on from here.
    bool add(Examined step)
    {
        step.account = account_;
        steps_.push_back(std::move(step));
        return steps_.back().level == Level::ok || steps_.back().level == Level::warning;
    }

    template <class Steps>
    void skip(const Steps& steps, const std::string& why)
    {
        for (const auto* step : steps)
            add(skipped(step, why));
    }

    [[nodiscard]] std::vector<Examined> take() { return std::move(steps_); }

private:
    std::string account_;
    std::vector<Examined> steps_ = {};
};

Examined configuration(const Patient& patient)
{
    const auto& account = *patient.account;
    const auto& callbacks = *account.callbacks;
    const auto from = patient.file + ": app_id " + account.app_id.str();
    switch (callbacks.mode) {
    case codec::CallbackMode::secure: return healthy("configuration", from + ", callbacks are sealed");
    case codec::CallbackMode::compatible:
        return healthy("configuration", from + ", callbacks are sealed, with a plain copy that is not read");
    case codec::CallbackMode::plain: break;
    }
    return doubtful(
        "configuration",
        from + ", callbacks are plain: whoever is on their way reads what contacts write",
        "Choose the secure mode in WeChat's console, and callback_mode: secure in the file."
    );
}

Task<>
ask_the_platform(Loop& loop, Patient patient, std::function<Time()> now, Patience patience, Chart& chart)
{
    auto way = co_await examine_way(loop, patient.account->api, now(), patience);
    bool reached = true;
    for (auto& step : way)
        reached = chart.add(std::move(step)) && reached;
    if (!reached) {
        chart.skip(after_connection, "there is no connection to WeChat");
        co_return;
    }
    auto account = co_await examine_account(loop, patient, now, patience);
    for (auto& step : account)
        chart.add(std::move(step));
}

}  // namespace

Task<std::vector<Examined>> examine(Loop& loop, Patient patient, std::function<Time()> now, Patience patience)
{
    Chart chart(patient.account->name.str());
    chart.add(configuration(patient));
    co_await ask_the_platform(loop, patient, now, patience, chart);
    auto endpoint = co_await examine_endpoint(loop, patient, now(), patience);
    for (auto& step : endpoint)
        chart.add(std::move(step));
    co_return chart.take();
}

Examined healthy(std::string step, std::string text)
{
    return {.step = std::move(step), .text = std::move(text)};
}

Examined doubtful(std::string step, std::string text, std::string remedy)
{
    return {
        .step = std::move(step),
        .level = Level::warning,
        .text = std::move(text),
        .remedy = std::move(remedy)};
}

Examined wrong(std::string step, std::string text, std::string remedy)
{
    return {
        .step = std::move(step), .level = Level::wrong, .text = std::move(text), .remedy = std::move(remedy)};
}

Examined skipped(std::string step, std::string why)
{
    return {.step = std::move(step), .level = Level::skipped, .text = std::move(why)};
}

}  // namespace wechat::plugin
