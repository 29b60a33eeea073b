/// An official account as its operator configured it on the platform's console.
#pragma once

#include "base/result.hpp"
#include "codec/request.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace simulator {

/// The fields of GET /sim/accounts. Nothing here is secret: these are accounts of a stand-in.
///
/// customer     for the reader only: which customer of a host the account belongs to
/// allowed_ips  from where access tokens may be asked for; empty: from everywhere
/// certified    whether the account has passed WeChat's verification; without it most of the API answers 48001
struct Account {
    std::string app_id = {};
    std::string app_secret = {};
    std::string token = {};
    std::string encoding_aes_key = {};
    std::string callback_url = {};
    std::string callback_mode = "secure";
    std::string original_id = {};
    std::string customer = {};
    std::vector<std::string> allowed_ips = {};
    bool certified = true;
    bool operator==(const Account&) const = default;
};

/// What the codec needs to sign and seal for it.
///
/// Faults: bad_aes_key; bad_settings (an unknown callback_mode)
[[nodiscard]] wechat::Result<wechat::codec::CallbackAccount> callback_account(const Account& account);

[[nodiscard]] boost::json::object to_json(const Account& account);

/// Reads an account; what the object does not name keeps its value of `before`.
///
/// Faults: bad_settings (an unknown field, a value of the wrong type, no app_id, a callback_url without http:// or
///         https://), bad_aes_key
[[nodiscard]] wechat::Result<Account> account_from_json(const boost::json::object& fields, Account before);

}  // namespace simulator
