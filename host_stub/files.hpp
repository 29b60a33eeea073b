/// The files of what channels bring: kept with their message, or behind it where they come late.
#pragma once

#include "model.hpp"
#include "records.hpp"

#include <channel/values.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace host {

/// Keeps an item's files as the message's own: the file itself, and the one that browsers play (data.playable).
///
/// A file that is gone never comes back, and what was said with it is worth keeping all the same.
void take_files(
    Message& message, std::string_view channel, const channel::Item& item, const std::filesystem::path& media
);

/// What an event media_arrived or media_lost says of an earlier message: its file, or why it will have none.
///
/// Gives whether the item was such an event, about a message that is known; then it is done with, and doing it twice
/// changes nothing.
[[nodiscard]] bool complete_message(
    Records& records, std::string_view channel, const channel::Item& item, const std::filesystem::path& media
);

/// The name in the media folder of the file that browsers play; empty: there is none beside the message's own.
[[nodiscard]] std::string playable_of(const Message& message);

}  // namespace host
