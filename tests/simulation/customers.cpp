#include "customers.hpp"

#include <string_view>

namespace simulation {
namespace {

constexpr std::array announcements{"follow_prompt", "welcome", "participants_changed", "left"};
constexpr std::array prompts{"on_hold", "reply_reminder", "on_hold_participants_changed"};

std::string text_line(std::string_view key, bool on)
{
    const std::string name{key};
    return "      " + name + (on ? ": \"[" + name + "]\"\n" : ": null\n");
}

}  // namespace

const std::array<Customer, 3>& customers()
{
    static const std::array<Customer, 3> all{
        Customer{.name = "usual", .app_id = "wx00000000000000a1", .policy = "  remind_after: 24h\n"},
        Customer{
            .name = "merging",
            .app_id = "wx00000000000000a2",
            .policy = "  employee_messages: 2\n"
                      "  queue: {max_messages: 4, max_age: 3d, merge: true}\n"
                      "  resend_uncertain: true\n",
            .share = 2,
            .queue_max = 4,
            .merge = true,
            .resend = true,
        },
        Customer{
            .name = "terse",
            .app_id = "wx00000000000000a3",
            .policy = "  employee_messages: 4\n"
                      "  queue: {max_messages: 0}\n",
            .prompts = false,
            .share = 4,
            .queue_max = 0,
        },
    };
    return all;
}

std::string file_of(const Customer& customer, const std::string& api)
{
    std::string file = "customer: " + customer.name + "\nwechat:\n";
    file += "  app_id: " + customer.app_id + "\n";
    file += std::string{"  app_secret: \""} + app_secret + "\"\n";
    file += std::string{"  token: "} + callback_token + "\n";
    file += std::string{"  encoding_aes_key: "} + encoding_aes_key + "\n";
    file += "  callback_mode: secure\n  api: " + api + "\n";
    file += "policy:\n" + customer.policy;
    file += "messages:\n  en:\n    contact:\n";
    for (const auto* const key : announcements)
        file += text_line(key, true);
    for (const auto* const key : prompts)
        file += text_line(key, customer.prompts);
    return file;
}

}  // namespace simulation
