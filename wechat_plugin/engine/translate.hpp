/// Between WeChat's words, the policy's and the contract's.
#pragma once

#include "base/time.hpp"
#include "codec/callback.hpp"
#include "engine/directory.hpp"
#include "engine/input.hpp"
#include "policy/capability.hpp"
#include "policy/effect.hpp"
#include "store/store.hpp"

#include <channel/plugin.hpp>

#include <string>
#include <string_view>

namespace wechat::engine {

/// A callback as an input: the policy's event, its id for "once", and what the host is offered of it.
///
/// The item's id is the MsgId, or the event's hash, behind a hash of account and contact: one MsgId has been seen for
/// two users at once (wechat-protocol.md 1.6).
[[nodiscard]] Input input_of(const AppId& account, codec::Callback callback);

/// A message of the host as an input, its file looked at. Fields are checked by the contract's layer.
[[nodiscard]] Input input_of(const channel::Message& message, const CustomerAccount& customer);

/// Items of the policy's own texts.
[[nodiscard]] store::Item notice(const policy::Tell& effect, Time now);
[[nodiscard]] store::Item echo(const policy::Echo& effect, Time now);

/// Whether an item names a file of the platform's that it does not have yet.
[[nodiscard]] bool names_a_file(const store::Item& item);

/// The event that ends a fetch: media_arrived with the file, or media_lost; data.message is the message's id.
[[nodiscard]] store::Item late_item(const LateFile& news, Time now);
[[nodiscard]] std::string late_item_id(const store::Fetch& fetch);

/// A row as the contract takes it. store_name stands before the row's number where an item has no id of its own.
[[nodiscard]] channel::Item to_channel(
    const store::Row& row, const store::Item& item, const Customer& customer, std::string_view store_name
);
[[nodiscard]] channel::Report to_channel(const store::Report& report);
[[nodiscard]] channel::Capability to_channel(const policy::Capability& capability);

}  // namespace wechat::engine
