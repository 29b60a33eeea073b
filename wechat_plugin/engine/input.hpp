/// What enters apply: an event of the policy, with what the store and the host need beside it.
#pragma once

#include "base/content.hpp"
#include "policy/event.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wechat::engine {

/// News of a contact's file that was not there when its message was offered. No rule of the policy asks about it.
///
/// row      0: the file is to be fetched later. Else the row of that fetch, which is over
/// content  with its file; nothing: it is lost, and reason and words say why
struct LateFile {
    store::Fetch fetch = {};
    std::int64_t row = 0;
    std::optional<Content> content = {};
    std::string reason = {}, words = {};
};

/// event_id  of the platform's callbacks: applied once (wechat-protocol.md 1.6)
/// item      what the host is offered if the policy says OfferMessage or OfferEvent
/// content   of EmployeeSent: what is to be said
/// row       of AttemptStarting, AttemptEnded and AttemptPutOff: the outbox row of that attempt
/// uploads   of the same: made on the way
struct Input {
    policy::Event event = {};
    std::optional<std::int64_t> event_id = {};
    std::optional<store::Item> item = {};
    std::optional<Content> content = {};
    std::int64_t row = 0;
    std::vector<store::Upload> uploads = {};
};

}  // namespace wechat::engine
