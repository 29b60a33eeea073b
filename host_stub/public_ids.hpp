/// Ids as others see them: of conversations, and of messages in the contract.
#pragma once

#include "model.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace host {

/// "7f3a9c01-12": the store's id and the conversation's number.
///
/// The first part differs between stores. Without it, a host that starts with an empty store would give its first
/// message an id that a channel may remember from the store before, and the channel would not send it.
[[nodiscard]] inline std::string public_id(std::string_view store, ConversationId conversation)
{
    return std::string{store} + "-" + std::to_string(conversation);
}

[[nodiscard]] inline std::optional<ConversationId>
conversation_of(std::string_view store, std::string_view id)
{
    if (!id.starts_with(store) || id.size() <= store.size() + 1 || id[store.size()] != '-')
        return std::nullopt;
    const auto digits = id.substr(store.size() + 1);
    ConversationId conversation = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, conversation);
    return fault == std::errc{} && rest == end && conversation > 0 ? std::optional{conversation}
                                                                   : std::nullopt;
}

/// "7f3a9c01-12/m1": what a message is called in the contract, where ids are unique per instance. What the API
/// calls client_id is unique in a conversation only: two employees' programs may both count from m1.
[[nodiscard]] inline std::string
contract_id(std::string_view store, ConversationId conversation, std::string_view client_id)
{
    return public_id(store, conversation) + "/" + std::string{client_id};
}

/// The conversation and the client id in it; nothing for a message that is not of this store.
[[nodiscard]] inline std::optional<std::pair<ConversationId, std::string>>
message_of(std::string_view store, std::string_view id)
{
    const auto slash = id.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const auto conversation = conversation_of(store, id.substr(0, slash));
    if (!conversation)
        return std::nullopt;
    return std::pair{*conversation, std::string{id.substr(slash + 1)}};
}

}  // namespace host
