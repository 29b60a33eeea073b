/// What enters apply: an event of the policy, with what the store and the host need beside it.
#pragma once

#include "base/content.hpp"
#include "policy/event.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>

namespace wechat::engine {

/// event_id  of the platform's callbacks: applied once (wechat-protocol.md 1.6)
/// item      what the host is offered if the policy says OfferMessage or OfferEvent
/// content   of EmployeeSent: what is to be said
/// row       of AttemptStarting, AttemptEnded and AttemptPutOff: the outbox row of that attempt
struct Input {
    policy::Event event = {};
    std::optional<std::int64_t> event_id = {};
    std::optional<store::Item> item = {};
    std::optional<Content> content = {};
    std::int64_t row = 0;
};

}  // namespace wechat::engine
