#include "voicemail/settings.hpp"

#include "findings.hpp"

#include <algorithm>

namespace voicemail {

bool Settings::has(std::string_view mailbox) const
{
    return std::ranges::find(mailboxes, mailbox) != mailboxes.end();
}

bool is_mailbox(std::string_view name)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(allowed) == std::string_view::npos;
}

SettingsReading read_settings(const channel::Settings& given)
{
    channels::SettingsReader in{given};
    in.allow_only({"directory", "mailboxes", "places", "greeting"});
    SettingsReading reading;
    auto& settings = reading.settings;
    settings.directory = in.path("directory", true);
    settings.mailboxes = in.texts("mailboxes");
    for (const auto& mailbox : settings.mailboxes) {
        if (!is_mailbox(mailbox))
            in.complain("wrong_mailbox", "\"" + mailbox + "\" is no name of small letters, digits, - and _");
    }
    settings.places = in.number("places", settings.places, 1, 10'000);
    settings.greeting = in.text("greeting", false);
    reading.findings = in.findings();
    return reading;
}

}  // namespace voicemail
