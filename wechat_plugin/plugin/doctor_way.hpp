/// The way to the platform: its name, its address, its certificate.
#pragma once

#include "platform/url.hpp"
#include "plugin/doctor_examination.hpp"

namespace wechat::plugin {

/// The steps dns and connection of the nearest host. Where it cannot be reached, and one of its stand-ins can, they are
/// warnings, for the platform is spoken to all the same (wechat-protocol.md 7).
///
/// hosts  the nearest first; at least one
Task<std::vector<channel::Examined>>
examine_way(Loop& loop, std::vector<platform::Url> hosts, Time now, Patience patience);

/// Step dns. The system's resolver has its own idea of time: it is not waited for beyond the limit.
Task<channel::Examined> examine_name(Loop& loop, std::string host, std::chrono::milliseconds limit);

/// Step connection: connects, and over HTTPS looks at chain, host name and end of the certificate.
Task<channel::Examined> examine_connection(Loop& loop, platform::Url url, Time now, Patience patience);

}  // namespace wechat::plugin
