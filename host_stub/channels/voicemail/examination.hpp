/// What can be wrong with mailboxes before anybody speaks: their folders.
#pragma once

#include "voicemail/settings.hpp"

#include <channel/values.hpp>

#include <vector>

namespace voicemail {

/// A step per mailbox: whether its folder, or where it would be made, can be written to. Makes nothing.
[[nodiscard]] std::vector<channel::Examined> examine(const Settings& settings);

}  // namespace voicemail
