/// The way to the platform: its name, its address, its certificate.
#pragma once

#include "platform/url.hpp"
#include "plugin/doctor_examination.hpp"

namespace wechat::plugin {

/// Step dns. The system's resolver has its own idea of time: it is not waited for beyond the limit.
Task<channel::Examined> examine_name(Loop& loop, std::string host, std::chrono::milliseconds limit);

/// Step connection: connects, and over HTTPS looks at chain, host name and end of the certificate.
Task<channel::Examined> examine_connection(Loop& loop, platform::Url url, Time now, Patience patience);

}  // namespace wechat::plugin
