/// The one account on which scenarios play, and the customer's file that goes with it.
#pragma once

#include "replay/scenario.hpp"

#include <string>

namespace replay::account {

inline constexpr auto customer = "replay";
inline constexpr auto app_id = "wx0000000000000010";  // of policy section 10
inline constexpr auto app_secret = "0123456789abcdef0123456789abcdef";
inline constexpr auto token = "replay";
inline constexpr auto encoding_aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";  // 43 characters
inline constexpr auto original_id = "gh_replay";
inline constexpr auto contact = "oReplayContact";

/// The scenario's policy and messages on their own lines, and behind them what every customer's file has.
[[nodiscard]] std::string customer_file(const Scenario& scenario, const std::string& api);

}  // namespace replay::account
