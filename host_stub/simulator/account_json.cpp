// Accounts as the control's JSON has them.
#include "simulator/account.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;
using wechat::errc;
using wechat::fail;

constexpr std::array<std::pair<std::string_view, std::string Account::*>, 10> texts{{
    {"app_id", &Account::app_id},
    {"app_secret", &Account::app_secret},
    {"token", &Account::token},
    {"encoding_aes_key", &Account::encoding_aes_key},
    {"callback_url", &Account::callback_url},
    {"callback_mode", &Account::callback_mode},
    {"original_id", &Account::original_id},
    {"customer", &Account::customer},
    {"data_format", &Account::data_format},
    {"open_platform", &Account::open_platform},
}};
constexpr std::size_t texts_always_shown = 7;

constexpr std::array<std::pair<std::string_view, std::vector<std::string> Account::*>, 2> lists{{
    {"allowed_ips", &Account::allowed_ips},
    {"mini_programs", &Account::mini_programs},
}};

std::string_view name_of(const json::key_value_pair& field)
{
    return {field.key().data(), field.key().size()};
}

wechat::Fault not_a(std::string_view type, std::string_view field)
{
    return fail(errc::bad_settings, std::string{field}.append(": expected ").append(type));
}

bool read_list(const json::value& value, std::vector<std::string>& list)
{
    list.clear();
    if (!value.is_array())
        return false;
    for (const auto& item : value.get_array()) {
        if (!item.is_string())
            return false;
        list.emplace_back(item.get_string());
    }
    return true;
}

bool read_templates(const json::value& value, std::map<std::string, Template>& templates)
{
    templates.clear();
    if (!value.is_object())
        return false;
    for (const auto& field : value.get_object()) {
        if (!field.value().is_object() || !only(field.value().get_object(), {"kind", "content"}))
            return false;
        const auto& one = field.value().get_object();
        const auto kind = text_in(one, "kind").value_or("template");
        if (kind != "template" && kind != "subscription")
            return false;
        templates[std::string{name_of(field)}] = {
            .subscription = kind == "subscription", .content = text_in(one, "content").value_or("")};
    }
    return true;
}

bool read_quotas(const json::value& value, std::map<std::string, Limits>& quotas)
{
    quotas.clear();
    if (!value.is_object())
        return false;
    for (const auto& field : value.get_object()) {
        const auto* const one = field.value().if_object();
        if (one == nullptr || !only(*one, {"per_day", "per_minute"}) || !name_of(field).starts_with('/'))
            return false;
        const Limits limits{
            number_in(*one, "per_day").value_or(0), number_in(*one, "per_minute").value_or(0)};
        if (limits.per_day < 0 || limits.per_minute < 0)
            return false;
        quotas[std::string{name_of(field)}] = limits;
    }
    return true;
}

wechat::Result<void>
read_push(const json::value& value, const PushRules& usual, std::optional<PushRules>& push)
{
    if (value.is_null()) {
        push.reset();
        return {};
    }
    if (!value.is_object())
        return not_a("an object of rules, or null", "push");
    const auto rules = push_rules_from_json(value.get_object(), push.value_or(usual));
    if (!rules)
        return rules.error();
    push = *rules;
    return {};
}

wechat::Result<void>
read_field(std::string_view name, const json::value& value, const PushRules& usual, Account& account)
{
    for (const auto& [known, member] : texts)
        if (known == name) {
            if (!value.is_string())
                return not_a("a text", name);
            account.*member = value.get_string().c_str();
            return {};
        }
    for (const auto& [known, member] : lists)
        if (known == name)
            return read_list(value, account.*member) ? wechat::Result<void>{}
                                                     : not_a("a list of texts", name);
    if (name == "push")
        return read_push(value, usual, account.push);
    bool good = false;
    std::string_view type;
    if (name == "certified") {
        type = "true or false";
        good = value.is_bool();
        account.certified = good && value.get_bool();
    } else if (name == "token_errcode") {
        type = "an errcode, or 0";
        good = value.is_int64();
        account.token_errcode = good ? value.get_int64() : 0;
    } else if (name == "templates") {
        type = "{ID: {kind: template or subscription, content}}";
        good = read_templates(value, account.templates);
    } else if (name == "quotas") {
        type = "{PATH: {per_day, per_minute}}";
        good = read_quotas(value, account.quotas);
    } else {
        return fail(errc::bad_settings, "unknown field " + std::string{name});
    }
    return good ? wechat::Result<void>{} : not_a(type, name);
}

wechat::Result<void> check(const Account& account)
{
    const auto& url = account.callback_url;
    if (account.app_id.empty())
        return fail(errc::bad_settings, "app_id is missing");
    if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://"))
        return not_a("http://... or https://...", "callback_url");
    if (account.data_format != "xml" && account.data_format != "json")
        return not_a("xml or json", "data_format");
    if (const auto usable = callback_account(account); !usable)
        return usable.error();
    return {};
}

json::object templates_json(const std::map<std::string, Template>& templates)
{
    json::object all;
    for (const auto& [id, one] : templates) {
        json::object fields;
        fields["kind"] = one.subscription ? "subscription" : "template";
        fields["content"] = one.content;
        all[id] = std::move(fields);
    }
    return all;
}

json::object quotas_json(const std::map<std::string, Limits>& quotas)
{
    json::object all;
    for (const auto& [path, limits] : quotas) {
        json::object fields;
        fields["per_day"] = limits.per_day;
        fields["per_minute"] = limits.per_minute;
        all[path] = std::move(fields);
    }
    return all;
}

}  // namespace

json::object to_json(const Account& account)
{
    const Account usual;
    json::object fields;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& [name, member] = texts[i];
        if (i < texts_always_shown || account.*member != usual.*member)
            fields[name] = account.*member;
    }
    for (const auto& [name, member] : lists)
        if (!(account.*member).empty())
            fields[name] = json::array((account.*member).begin(), (account.*member).end());
    if (!account.certified)
        fields["certified"] = false;
    if (account.token_errcode != 0)
        fields["token_errcode"] = account.token_errcode;
    if (!account.templates.empty())
        fields["templates"] = templates_json(account.templates);
    if (!account.quotas.empty())
        fields["quotas"] = quotas_json(account.quotas);
    if (account.push)
        fields["push"] = to_json(*account.push);
    return fields;
}

wechat::Result<Account> account_from_json(const json::object& fields, Account before, const PushRules& usual)
{
    Account account = std::move(before);
    for (const auto& field : fields)
        if (const auto read = read_field(name_of(field), field.value(), usual, account); !read)
            return read.error();
    if (const auto usable = check(account); !usable)
        return usable.error();
    return account;
}

}  // namespace simulator
