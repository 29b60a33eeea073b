/// The accounts that every program here knows; stage.py writes the same into customers' files.
#pragma once

#include "codec/request.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bench {

inline constexpr std::string_view original_id = "gh_0123456789ab";

/// Customer 0 is the one of tests/support/programs.py.
[[nodiscard]] inline std::string customer_number(std::uint64_t number)
{
    return number == 0 ? "harbour-bank" : "customer-" + std::to_string(number);
}

/// Token and AES key are everybody's, the app_id is each one's own.
[[nodiscard]] inline std::shared_ptr<const wechat::codec::CallbackAccount> account_number(std::uint64_t number
)
{
    auto digits = std::to_string(number);
    auto account = std::make_shared<wechat::codec::CallbackAccount>();
    account->app_id = wechat::AppId{
        number == 0 ? "wx0123456789abcdef" : "wx" + std::string(16 - digits.size(), '0') + digits};
    account->callback_token = wechat::Secret{"callbacktoken"};
    account->aes_key =
        wechat::codec::AesKey::from_encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG").value();
    return account;
}

}  // namespace bench
