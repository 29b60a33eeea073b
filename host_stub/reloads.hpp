/// What a channel's findings mean for each customer.
#pragma once

#include "host.hpp"

#include <channel/host/instance.hpp>

#include <string_view>
#include <vector>

namespace host {

/// A line per customer of the channel, and one per file with findings; of a channel without customers, one for
/// itself.
///
/// config    inspect("config"): its "customers", where there are any, are objects with "customer" and "file", or names
/// findings  the result of configure; a finding is about the customer whose file it names
[[nodiscard]] std::vector<CustomerReload>
reloads_of(std::string_view channel, std::string_view config, const channel::Result& findings);

/// "config/customers/harbour-bank.yaml:3:17: expected a duration", one per finding that is an error.
[[nodiscard]] std::vector<std::string> errors_in(const channel::Result& findings);

}  // namespace host
