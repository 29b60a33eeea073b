/// Values as the store writes them: JSON, because an operator may have to read it and a later version must.
///
/// Members are left out where they have their default, so that rows stay small; unknown members are ignored, so that a
/// value may grow. Numbers of enumerations are those of their headers and are marked there.
#pragma once

#include "base/result.hpp"
#include "policy/conversation.hpp"
#include "store/store.hpp"

#include <string>
#include <string_view>

namespace wechat::store {

[[nodiscard]] std::string to_row(const policy::Conversation& conversation);
[[nodiscard]] std::string to_row(const Content& content);
[[nodiscard]] std::string to_row(const policy::Report& report);
[[nodiscard]] std::string to_row(const Payload& payload);

/// Whether a payload's row is a report's, without reading it.
[[nodiscard]] bool is_report(std::string_view row);

// Faults: store_broken (not what this program writes)
[[nodiscard]] Result<policy::Conversation> read_conversation(std::string_view row);
[[nodiscard]] Result<Content> read_content(std::string_view row);
[[nodiscard]] Result<policy::Report> read_report(std::string_view row);
[[nodiscard]] Result<Payload> read_payload(std::string_view row);

}  // namespace wechat::store
