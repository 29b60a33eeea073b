#include "plugin/doctor.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace wechat::plugin {
namespace {

// Accounts wait for the platform, not for us; more at once would look like an attack.
constexpr std::size_t at_once = 8;

}  // namespace

Doctor::Doctor(
    channel::Host host,
    std::vector<Patient> patients,
    Patience patience,
    Busy::Work busy,
    channel::Completion done
)
    : host_(host),
      patients_(std::move(patients)),
      patience_(patience),
      busy_(std::move(busy)),
      done_(std::move(done)),
      results_(patients_.size()),
      thread_(host, "wechat-doctor", [this] { work(); })
{}

Doctor::~Doctor()
{
    asio::post(loop_, [this] { end_at_once(); });
    thread_.join();
    if (done_)
        done_.fail(
            channel::Error(channel::Status::state, "stopped", "the examination was ended before its end")
        );
}

// Coroutines are unwound, not thrown away: what they have lent to others they take back.
void Doctor::end_at_once()
{
    ending_ = true;
    for (auto& signal : signals_)
        signal.emit(asio::cancellation_type::terminal);
}

void Doctor::work()
{
    for (std::size_t i = 0; i < std::min(at_once, patients_.size()); ++i) {
        auto& signal = signals_.emplace_back();
        asio::co_spawn(loop_, examine_some(), asio::bind_cancellation_slot(signal.slot(), asio::detached));
    }
    loop_.run();
    if (examined_ < patients_.size())
        return;  // ended by the destructor
    std::vector<channel::Examined> steps;
    for (auto& result : results_)
        steps.insert(steps.end(), result.begin(), result.end());
    busy_ = {};
    done_.ok(steps);
    ended_ = true;
}

Task<> Doctor::examine_some()
{
    const auto now = [host = host_] { return from_milliseconds(host.now().time_since_epoch().count()); };
    while (next_ < patients_.size()) {
        const auto mine = next_++;
        try {
            auto patient = patients_[mine];
            auto steps = co_await examine(loop_, std::move(patient), now, patience_);
            results_[mine] = std::move(steps);
        } catch (const std::exception& fault) {
            if (ending_)
                co_return;
            auto step = wrong("examination", fault.what(), "This is a fault of the channel: report it.");
            step.account = patients_[mine].account->name.str();
            results_[mine].push_back(std::move(step));
        }
        ++examined_;
    }
}

}  // namespace wechat::plugin
