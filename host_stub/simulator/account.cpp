#include "simulator/account.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <utility>

namespace simulator {
namespace {

namespace codec = wechat::codec;
namespace json = boost::json;
using wechat::errc;
using wechat::fail;

constexpr std::array<std::pair<std::string_view, std::string Account::*>, 8> texts{{
    {"app_id", &Account::app_id},
    {"app_secret", &Account::app_secret},
    {"token", &Account::token},
    {"encoding_aes_key", &Account::encoding_aes_key},
    {"callback_url", &Account::callback_url},
    {"callback_mode", &Account::callback_mode},
    {"original_id", &Account::original_id},
    {"customer", &Account::customer},
}};

constexpr std::array<std::pair<std::string_view, codec::CallbackMode>, 3> modes{{
    {"plain", codec::CallbackMode::plain},
    {"compatible", codec::CallbackMode::compatible},
    {"secure", codec::CallbackMode::secure},
}};

wechat::Fault not_a(std::string_view type, std::string_view field)
{
    return fail(errc::bad_settings, std::string{field}.append(": expected ").append(type));
}

bool read_text(std::string_view field, const json::value& value, Account& account)
{
    for (const auto& [name, member] : texts)
        if (name == field) {
            account.*member = value.get_string().c_str();
            return true;
        }
    return false;
}

bool read_ips(const json::value& value, Account& account)
{
    account.allowed_ips.clear();
    if (!value.is_array())
        return false;
    for (const auto& ip : value.get_array()) {
        if (!ip.is_string())
            return false;
        account.allowed_ips.emplace_back(ip.get_string());
    }
    return true;
}

}  // namespace

wechat::Result<codec::CallbackAccount> callback_account(const Account& account)
{
    codec::CallbackAccount made{
        .app_id = wechat::AppId{account.app_id}, .callback_token = wechat::Secret{account.token}
    };
    const auto* const mode = std::ranges::find(modes, account.callback_mode, &decltype(modes)::value_type::first);
    if (mode == modes.end())
        return fail(errc::bad_settings, "callback_mode: expected plain, compatible or secure");
    made.mode = mode->second;
    if (made.mode == codec::CallbackMode::plain && account.encoding_aes_key.empty())
        return made;
    auto key = codec::AesKey::from_encoding_aes_key(account.encoding_aes_key);
    if (!key)
        return key.error();
    made.aes_key = std::move(*key);
    return made;
}

json::object to_json(const Account& account)
{
    json::object fields;
    for (const auto& [name, member] : texts)
        if (name != "customer" || !account.customer.empty())
            fields[name] = account.*member;
    if (!account.allowed_ips.empty())
        fields["allowed_ips"] = json::array(account.allowed_ips.begin(), account.allowed_ips.end());
    if (!account.certified)
        fields["certified"] = false;
    return fields;
}

wechat::Result<Account> account_from_json(const json::object& fields, Account before)
{
    Account account = std::move(before);
    for (const auto& field : fields) {
        const std::string_view name{field.key().data(), field.key().size()};
        if (name == "allowed_ips") {
            if (!read_ips(field.value(), account))
                return not_a("a list of addresses", name);
        } else if (name == "certified") {
            if (!field.value().is_bool())
                return not_a("true or false", name);
            account.certified = field.value().get_bool();
        } else if (!field.value().is_string()) {
            return not_a("a text, and a field of an account", name);
        } else if (!read_text(name, field.value(), account)) {
            return fail(errc::bad_settings, "unknown field " + std::string{name});
        }
    }
    const auto& url = account.callback_url;
    if (account.app_id.empty())
        return fail(errc::bad_settings, "app_id is missing");
    if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://"))
        return not_a("http://... or https://...", "callback_url");
    if (const auto usable = callback_account(account); !usable)
        return usable.error();
    return account;
}

}  // namespace simulator
