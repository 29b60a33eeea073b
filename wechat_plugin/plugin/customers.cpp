#include "plugin/customers.hpp"

#include "config/customer.hpp"

#include <algorithm>

namespace wechat::plugin {
namespace {

using Account = std::shared_ptr<const engine::CustomerAccount>;

channel::Finding finding(const config::Complaint& complaint)
{
    channel::Finding given;
    given.level = channel::Level::error;
    given.file = complaint.file;
    given.line = static_cast<std::uint32_t>(complaint.line);
    given.column = static_cast<std::uint32_t>(complaint.column);
    given.code = complaint.code;
    given.text = complaint.text;
    return given;
}

channel::Finding remark(const std::string& file, std::string code, std::string text)
{
    channel::Finding given;
    given.level = channel::Level::info;
    given.file = file;
    given.code = std::move(code);
    given.text = std::move(text);
    return given;
}

codec::CallbackMode mode_of(config::CallbackMode mode)
{
    switch (mode) {
    case config::CallbackMode::plain: return codec::CallbackMode::plain;
    case config::CallbackMode::compatible: return codec::CallbackMode::compatible;
    case config::CallbackMode::secure: break;
    }
    return codec::CallbackMode::secure;
}

std::optional<codec::AesKey> key_of(const std::optional<Secret>& text)
{
    if (!text)
        return std::nullopt;
    auto key = codec::AesKey::from_encoding_aes_key(text->reveal());
    return key ? std::optional{*key} : std::nullopt;
}

// The key in force stays good beside a new one: callbacks on their way may still be sealed with it.
std::optional<codec::AesKey> previous_key(const config::WeChat& wechat, const Account& in_force)
{
    if (wechat.previous_encoding_aes_key)
        return key_of(wechat.previous_encoding_aes_key);
    if (!in_force)
        return std::nullopt;
    const bool same = in_force->encoding_aes_key == wechat.encoding_aes_key;
    return same ? in_force->callbacks->previous_aes_key : in_force->callbacks->aes_key;
}

Account account_of(config::CustomerFile file, const Account& in_force)
{
    engine::CustomerAccount account;
    account.name = file.customer;
    account.app_id = file.wechat.app_id;
    account.app_secret = file.wechat.app_secret;
    account.encoding_aes_key = file.wechat.encoding_aes_key;
    account.api =
        platform::with_stand_ins(platform::read_url(file.wechat.api).value());  // the reader has checked it
    account.map_link = file.wechat.map_link;
    account.rules = std::make_shared<const policy::Rules>(std::move(file.rules));
    account.wordings = std::make_shared<const texts::Wordings>(std::move(file.wordings));

    codec::CallbackAccount callbacks;
    callbacks.app_id = account.app_id;
    callbacks.callback_token = file.wechat.token;
    callbacks.mode = mode_of(file.wechat.callback_mode);
    callbacks.aes_key = key_of(file.wechat.encoding_aes_key);
    callbacks.previous_aes_key = previous_key(file.wechat, in_force);
    account.callbacks = std::make_shared<const codec::CallbackAccount>(std::move(callbacks));
    return std::make_shared<const engine::CustomerAccount>(std::move(account));
}

// Which texts read differently now; their words are the customer's own and may stand in an answer to him.
void compare_texts(const policy::Rules& before, const policy::Rules& after, std::vector<std::string>& changes)
{
    const auto old_values = policy::values_of(before);
    const auto new_values = policy::values_of(after);
    const auto differs = [&](auto key) {
        return before.texts->render(key, old_values) != after.texts->render(key, new_values);
    };
    for (std::size_t i = 0; i < texts::contact_texts; ++i)
        if (const auto key = static_cast<texts::ContactText>(i); differs(key))
            changes.push_back("messages: contact." + std::string{texts::name_of(key)});
    for (std::size_t i = 0; i < texts::employee_texts; ++i)
        if (const auto key = static_cast<texts::EmployeeText>(i); differs(key))
            changes.push_back("messages: employee." + std::string{texts::name_of(key)});
}

template <class T>
void compare(std::string_view name, const T& before, const T& after, std::vector<std::string>& changes)
{
    if (!(before == after))
        changes.emplace_back(name);
}

std::string changes_between(const engine::CustomerAccount& before, const engine::CustomerAccount& after)
{
    std::vector<std::string> changes;
    const auto& old_rules = *before.rules;
    const auto& new_rules = *after.rules;
    compare("wechat.app_id", before.app_id, after.app_id, changes);
    compare("wechat.app_secret", before.app_secret, after.app_secret, changes);
    compare("wechat.token", before.callbacks->callback_token, after.callbacks->callback_token, changes);
    compare("wechat.callback_mode", before.callbacks->mode, after.callbacks->mode, changes);
    if (!(before.encoding_aes_key == after.encoding_aes_key))
        changes.emplace_back("wechat.encoding_aes_key (callbacks sealed with the old one are still taken)");
    compare("wechat.api", before.api, after.api, changes);
    compare("policy.platform", old_rules.platform, new_rules.platform, changes);
    compare("policy.employee_messages", old_rules.employee_messages, new_rules.employee_messages, changes);
    compare("policy.remind_after", old_rules.remind_after, new_rules.remind_after, changes);
    compare("policy.queue", old_rules.queue, new_rules.queue, changes);
    compare("policy.leave_keywords", old_rules.leave_keywords, new_rules.leave_keywords, changes);
    compare("policy.resend_uncertain", old_rules.resend_uncertain, new_rules.resend_uncertain, changes);
    compare("policy.welcome_by", old_rules.welcome_by, new_rules.welcome_by, changes);
    compare("wechat.can_send", old_rules.supported, new_rules.supported, changes);
    compare("wechat.map_link", before.map_link, after.map_link, changes);
    compare("locale", old_rules.texts->locale(), new_rules.texts->locale(), changes);
    compare_texts(old_rules, new_rules, changes);
    std::string words;
    for (const auto& change : changes)
        words += (words.empty() ? "" : ", ") + change;
    return words;
}

Account find(const Customers& customers, const std::string& file)
{
    const auto found = customers.find(file);
    return found == customers.end() ? nullptr : found->second;
}

void take(config::Reading reading, const Customers& in_force, Loaded& loaded)
{
    const auto before = find(in_force, reading.file);
    if (!reading.customer) {
        for (const auto& complaint : reading.complaints)
            loaded.findings.push_back(finding(complaint));
        if (before) {
            loaded.customers[reading.file] = before;
            loaded.findings.push_back(
                remark(reading.file, "kept", before->name.str() + ": the version in force stays in force")
            );
        }
        return;
    }
    loaded.any_taken = true;
    const auto name = reading.customer->customer.str();
    if (!reading.customer->enabled) {
        loaded.findings.push_back(remark(reading.file, "disabled", name + " is not served: enabled is false")
        );
        return;
    }
    const auto after = account_of(std::move(*reading.customer), before);
    loaded.customers[reading.file] = after;
    if (!before) {
        loaded.findings.push_back(remark(reading.file, "loaded", name + " is served"));
        return;
    }
    const auto changes = changes_between(*before, *after);
    loaded.findings.push_back(
        changes.empty() ? remark(reading.file, "unchanged", name + ": nothing has changed")
                        : remark(reading.file, "changed", name + ": changed " + changes)
    );
}

}  // namespace

Loaded load_customers(const std::vector<std::filesystem::path>& files, const Customers& in_force)
{
    Loaded loaded;
    loaded.any_taken = files.empty();
    for (auto& reading : config::read_customers(files))
        take(std::move(reading), in_force, loaded);
    for (const auto& [file, account] : in_force)
        if (std::ranges::find(files, std::filesystem::path{file}) == files.end())
            loaded.findings.push_back(remark(file, "removed", account->name.str() + " is no longer served"));
    return loaded;
}

std::shared_ptr<const engine::Directory> directory_of(const Customers& customers)
{
    std::vector<engine::CustomerAccount> accounts;
    for (const auto& [file, account] : customers)
        accounts.push_back(*account);
    return std::make_shared<const engine::Directory>(std::move(accounts));
}

}  // namespace wechat::plugin
