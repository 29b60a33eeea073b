/// What the host does with what channels bring: plain functions inside a transaction. They never ask which
/// channel it is.
#pragma once

#include "config.hpp"
#include "records.hpp"

#include <channel/values.hpp>

#include <filesystem>
#include <optional>
#include <string_view>

namespace host {

/// What came of an item.
struct Taken {
    bool is_new = false;
    std::optional<Conversation> convened = {};  // its participants have changed: they are to be told
};

/// Keeps an item once per (channel, id): a repeat changes nothing.
///
/// A message in a conversation that is not open opens it (policy O4): those take part whom the last QR scene names,
/// as an invitation of theirs or in the routing; else the customer's desk, else the default. A scene that nobody
/// knows decides nothing. A notice of leaving closes the conversation (plugin-api 4).
/// A scan in an open conversation adds those whom its scene names, and throws nobody out: the contact asks for
/// somebody, and whoever wrote with him until now still has his answer coming.
[[nodiscard]] Taken take(
    Records& records,
    std::string_view channel,
    const channel::Item& item,
    const Routing& routing,
    const std::filesystem::path& media
);

/// What came of a report.
struct Reported {
    std::optional<Message> message = {};  // whom it is about; nothing: nobody whom this store knows
    bool is_news = false;                 // its revision is higher than what was known
};

/// Keeps what became of a message, where the revision is higher than the one known. Any report answers a cancel.
[[nodiscard]] Reported note(Records& records, const channel::Report& report);

}  // namespace host
