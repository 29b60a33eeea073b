#include "plugin/doctor_self_test.hpp"

namespace wechat::plugin {
namespace {

constexpr auto event_name = "channel.doctor";

}  // namespace

codec::Callback self_test(Time now)
{
    codec::AccountEvent event;
    event.name = event_name;
    codec::Callback callback;
    callback.to = "gh_doctor";
    callback.from = OpenId{"doctor"};
    callback.at = now;
    callback.what = std::move(event);
    return callback;
}

bool is_self_test(const codec::Callback& callback)
{
    const auto* const event = std::get_if<codec::AccountEvent>(&callback.what);
    return event != nullptr && event->name == event_name;
}

}  // namespace wechat::plugin
