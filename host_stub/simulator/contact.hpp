/// A user of WeChat as one account sees him, and what his phone shows.
#pragma once

#include "simulator/grants.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// One line on the phone, in the conversation with the account.
///
/// kind        text, image, voice, video, location, link, music, news, menu, page, card, article, template,
///             subscription; of system: notice
/// media       the media id, where there is a file; media_name is the name it was uploaded with
struct PhoneEntry {
    enum class From { contact, account, system };
    From from = From::account;
    std::string kind = {};
    std::string text = {};
    std::string media = {};
    std::string media_name = {};
    Moment at = {};
    bool operator==(const PhoneEntry&) const = default;
};

[[nodiscard]] std::string_view name_of(PhoneEntry::From from);

/// following_since  none: he does not follow, but did once
/// scene            of the QR code he followed by
/// typing_until     the account is seen typing
/// template_status  what TEMPLATESENDJOBFINISH says of messages to him; with another word than success he gets none
/// subscriptions    how many messages of a template he has agreed to and not yet been sent
struct Contact {
    std::optional<Moment> following_since = {};
    std::string scene = {};
    Grants grants = {};
    std::optional<Moment> last_message = {};
    Moment typing_until = {};
    std::string template_status = "success";
    std::map<std::string, int> subscriptions = {};
    std::vector<PhoneEntry> phone = {};
};

}  // namespace simulator
