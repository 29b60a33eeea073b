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
    std::optional<Conversation> opened = {};  // it opened the conversation: its participants are to be told
};

/// Keeps an item once per (channel, id): a repeat changes nothing.
///
/// A message in a conversation that is not open opens it: routing says who takes part, by the last QR scene, the
/// customer's desk or the default (policy O4). A notice of leaving closes it (plugin-api 4).
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
