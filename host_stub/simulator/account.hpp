/// An official account as its operator configured it on the platform's console.
#pragma once

#include "base/result.hpp"
#include "codec/request.hpp"
#include "simulator/push_rules.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// How often a path of the API may be called; 0: as often as one likes.
struct Limits {
    std::int64_t per_day = 0;
    std::int64_t per_minute = 0;
    bool operator==(const Limits&) const = default;
};

/// A message whose words the operator has had approved.
///
/// subscription  for message/subscribe/bizsend; otherwise for message/template/send. One is unknown to the other's call
/// content       with {{NAME.DATA}} where a value goes; empty: any names, shown line by line
struct Template {
    bool subscription = false;
    std::string content = {};
    bool operator==(const Template&) const = default;
};

/// The fields of GET /sim/accounts. Nothing here is secret: these are accounts of a stand-in.
///
/// customer       for the reader only: which customer of a host the account belongs to
/// data_format    of callbacks: xml, or json, which the platform offers for its other products (wechat-protocol.md 1.1)
/// allowed_ips    from where access tokens may be asked for, addresses or networks (10.1.0.0/16); empty: from everywhere
/// certified      whether the account has passed WeChat's verification; without it most of the API answers 48001
/// token_errcode  what every request for an access token is answered with; 0: none
/// open_platform  under which its contacts have a unionid; empty: under none
/// mini_programs  app ids that messages may lead to
/// quotas         by path, instead of a new verified account's
/// push           instead of the platform's
struct Account {
    std::string app_id = {};
    std::string app_secret = {};
    std::string token = {};
    std::string encoding_aes_key = {};
    std::string callback_url = {};
    std::string callback_mode = "secure";
    std::string original_id = {};
    std::string customer = {};
    std::string data_format = "xml";
    std::vector<std::string> allowed_ips = {};
    bool certified = true;
    std::int64_t token_errcode = 0;
    std::string open_platform = {};
    std::vector<std::string> mini_programs = {};
    std::map<std::string, Template> templates = {};
    std::map<std::string, Limits> quotas = {};
    std::optional<PushRules> push = {};
    bool operator==(const Account&) const = default;
};

/// What the codec needs to sign and seal for it.
///
/// Faults: bad_aes_key; bad_settings (an unknown callback_mode)
[[nodiscard]] wechat::Result<wechat::codec::CallbackAccount> callback_account(const Account& account);

/// Whether it may ask for access tokens from that address.
[[nodiscard]] bool allows(const Account& account, std::string_view address);

/// Every field that says something: read again, it makes the same account.
[[nodiscard]] boost::json::object to_json(const Account& account);

/// Reads an account; what the object does not name keeps its value of `before`, and lists are taken whole.
///
/// usual    the platform's rules of pushes, which a first `push` changes
/// Faults: bad_settings (an unknown field, a value of the wrong type, no app_id, a callback_url without http:// or
///         https://), bad_aes_key
[[nodiscard]] wechat::Result<Account>
account_from_json(const boost::json::object& fields, Account before, const PushRules& usual);

}  // namespace simulator
