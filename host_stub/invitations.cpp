#include "invitations.hpp"

#include "rows.hpp"

namespace host {
namespace {

constexpr std::int64_t never = 0;  // stored

channel::Time time_of(std::int64_t milliseconds)
{
    return channel::Time{channel::Milliseconds{milliseconds}};
}

std::int64_t milliseconds(channel::Time time)
{
    return time.time_since_epoch().count();
}

std::string read_text(const Statement& row)
{
    return row.text(0);
}

}  // namespace

Invitation read_invitation(const Statement& row)
{
    Invitation invitation{
        .id = row.number(0),
        .channel = row.text(1),
        .customer = row.text(2),
        .scene = row.text(3),
        .employees = employees_from_json(row.view(4)),
        .url = row.text(5),
        .made_at = time_of(row.number(6)),
    };
    if (row.number(7) != never)
        invitation.expires_at = time_of(row.number(7));
    return invitation;
}

InvitationRecords::InvitationRecords(const Database& database)
    : database_(database),
      same_(database.prepare(select(
          invitation_rows,
          "WHERE h.id = ?1 AND i.customer = ?2 AND i.employees = ?3 AND (?4 = '' OR i.scene = ?4) "
          "AND i.expires_at = 0 ORDER BY i.id LIMIT 1"
      ))),
      scene_(database.prepare("SELECT i.scene FROM invitations i JOIN channels h ON h.number = i.channel "
                              "WHERE h.id = ? AND i.customer = ? AND i.employees = ? ORDER BY i.id LIMIT 1")),
      add_(database.prepare(
          "INSERT INTO invitations (channel, customer, scene, employees, url, made_at, expires_at) "
          "VALUES ((SELECT number FROM channels WHERE id = ?), ?, ?, ?, ?, ?, ?)"
      )),
      // The newest one that names somebody: a scene may have been given to others since.
      invited_(
          database.prepare("SELECT i.employees FROM invitations i JOIN channels h ON h.number = i.channel "
                           "WHERE h.id = ? AND i.customer = ? AND i.scene = ? AND i.employees <> '[]' ORDER "
                           "BY i.id DESC LIMIT 1")
      )
{}

std::optional<Invitation> InvitationRecords::same(const InvitationDraft& draft)
{
    if (draft.lifetime.count() != 0)
        return std::nullopt;
    return one(
        same_.with(draft.channel, draft.customer, to_json(draft.employees), draft.scene), read_invitation
    );
}

std::string InvitationRecords::scene_of(const InvitationDraft& draft)
{
    const auto employees = to_json(draft.employees);
    return one(scene_.with(draft.channel, draft.customer, employees), read_text).value_or("");
}

InvitationId InvitationRecords::add(const Invitation& invitation)
{
    add_.with(
            invitation.channel,
            invitation.customer,
            invitation.scene,
            to_json(invitation.employees),
            invitation.url,
            milliseconds(invitation.made_at),
            invitation.expires_at ? milliseconds(*invitation.expires_at) : never
    )
        .run();
    return database_.last_id();
}

Employees
InvitationRecords::invited_by(std::string_view channel, std::string_view customer, std::string_view scene)
{
    const auto employees = one(invited_.with(channel, customer, scene), read_text);
    return employees ? employees_from_json(*employees) : Employees{};
}

}  // namespace host
