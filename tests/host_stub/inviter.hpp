/// A puppet that can do more: it invites, and shows typing.
#pragma once

#include "puppet.hpp"

namespace host::test {

class Inviter : public Puppet {
public:
    static constexpr channel::Description description{
        .type = "inviter", .name = "Inviter", .version = "1.0.0"};

    Inviter(channel::Host host, std::string_view instance) : Puppet(host, instance) {}

    static Inviter& named(const std::string& name) { return static_cast<Inviter&>(Puppet::named(name)); }

    void invite(const channel::Invitation& invitation, channel::Completion done)
    {
        invitations.push_back(invitation);
        on_invite(invitation, done);
    }
    void typing(std::string_view account, std::string_view contact, bool on)
    {
        if (fails_to_type)
            throw channel::Error{channel::Status::unavailable, "down", "not now"};
        calls.push_back(
            "typing " + std::string{account} + "/" + std::string{contact} + (on ? " on" : " off")
        );
    }

    std::vector<channel::Invitation> invitations;
    bool fails_to_type = false;
    std::function<void(const channel::Invitation&, channel::Completion&)> on_invite =
        [](const channel::Invitation& invitation, channel::Completion& done) {
            const auto ends = invitation.lifetime.count() == 0 ? "0" : "1893456000000";  // 2030
            done.ok(
                R"({"url":"http://example.com/q/)" + invitation.scene + R"(","expires_ms":)" + ends + "}"
            );
        };
};

}  // namespace host::test
