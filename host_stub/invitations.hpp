/// Invitations: links and QR codes with which somebody becomes a contact, and whom each leads to.
#pragma once

#include "database.hpp"
#include "model.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace host {

using InvitationId = std::int64_t;

/// What a channel was asked to make, and made.
///
/// scene       comes back when the code is scanned; unique to its employees, or a desk's word from the routing
/// employees   who takes part in a conversation that it leads to; empty: as the routing says
/// expires_at  nothing: never
struct Invitation {
    InvitationId id = 0;
    std::string channel = {}, customer = {}, scene = {};
    Employees employees = {};
    std::string url = {};
    channel::Time made_at = {};
    std::optional<channel::Time> expires_at = {};
    bool operator==(const Invitation&) const = default;
};

/// What is asked for: an invitation of its own for somebody, or one with a scene of the routing.
struct InvitationDraft {
    std::string channel = {}, customer = {};
    std::string scene = {};               // empty: made up here, for the employees
    Employees employees = {};             // empty: as the routing says
    channel::Milliseconds lifetime = {};  // 0: for ever
};

inline constexpr std::string_view invitation_rows =
    "SELECT i.id, h.id, i.customer, i.scene, i.employees, i.url, i.made_at, i.expires_at FROM invitations i "
    "JOIN channels h ON h.number = i.channel ";
[[nodiscard]] Invitation read_invitation(const Statement& row);

/// The table's writer: inside a transaction of the store, on its thread. Throws DatabaseError.
class InvitationRecords {
public:
    explicit InvitationRecords(const Database& database);

    /// One that already is what the draft asks for: the same people and scene, for ever. A code that ends is made
    /// anew each time, because whoever asks wants all of its lifetime.
    [[nodiscard]] std::optional<Invitation> same(const InvitationDraft& draft);
    /// The scene under which these employees have been invited to before; empty: none.
    [[nodiscard]] std::string scene_of(const InvitationDraft& draft);
    /// Keeps it; gives its id.
    InvitationId add(const Invitation& invitation);
    /// Whom a scene leads to, also after its code has ended: who scanned it in time may write later.
    [[nodiscard]] Employees
    invited_by(std::string_view channel, std::string_view customer, std::string_view scene);

private:
    const Database& database_;
    Statement same_, scene_, add_, invited_;
};

}  // namespace host
