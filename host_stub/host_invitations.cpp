// Invitations: asked of the channel, kept here, so that whoever scans one meets the people it is of.
#include "parts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <cstdio>
#include <random>
#include <utility>

namespace host {
namespace {

namespace json = boost::json;

// Short enough for every provider (WeChat: 64 characters), and telling nothing about anybody.
std::string new_scene()
{
    std::random_device random;
    char text[20];
    std::snprintf(text, sizeof text, "e-%08x%08x", random(), random());
    return text;
}

// {"url", "expires_ms"}, as ext/invite.h has it; false: it is not.
bool read_made(std::string_view result, Invitation& invitation)
{
    json::error_code broken;
    const auto value = json::parse({result.data(), result.size()}, broken);
    const auto* const object = broken ? nullptr : value.if_object();
    const auto* const url = object ? object->if_contains("url") : nullptr;
    const auto* const expires = object ? object->if_contains("expires_ms") : nullptr;
    if (!url || !url->is_string() || url->as_string().empty())
        return false;
    invitation.url = std::string{url->as_string()};
    if (expires && expires->is_int64() && expires->as_int64() > 0)
        invitation.expires_at = channel::Time{channel::Milliseconds{expires->as_int64()}};
    return true;
}

Problem problem_in(const channel::Result& result)
{
    json::error_code broken;
    const auto value = json::parse(result.json, broken);
    const auto text = [&](const char* name) {
        const auto* const object = broken ? nullptr : value.if_object();
        const auto* const found = object ? object->if_contains(name) : nullptr;
        return found && found->is_string() ? std::string{found->as_string()} : std::string{};
    };
    if (result.status == channel::Status::refused)
        return {text("code"), text("text")};
    return {"unavailable", "The channel cannot make one now: " + text("text")};
}

/// One wish for an invitation, in three steps that follow each other: looked up, made by the channel, kept.
class Inviting : public std::enable_shared_from_this<Inviting> {
public:
    Inviting(Store& store, Line& line, InvitationDraft draft, Host::Asked answered)
        : store_(store), line_(line), draft_(std::move(draft)), answered_(std::move(answered))
    {
        made_.channel = draft_.channel;
        made_.customer = draft_.customer;
        made_.employees = draft_.employees;
        made_.made_at = line.now();
    }

    void look_up()
    {
        const auto look = [self = shared_from_this()](Records& records) {
            self->known_ = records.invitations().same(self->draft_);
            self->made_.scene = self->draft_.scene;
            if (self->made_.scene.empty())
                self->made_.scene = records.invitations().scene_of(self->draft_);
        };
        store_.run(look, [self = shared_from_this()](const std::string& fault) {
            if (!fault.empty())
                self->answered_(Problem{"unavailable", "The host cannot read its store: " + fault});
            else if (self->known_)
                self->answered_(Invited{*self->known_, false});
            else
                self->make();
        });
    }

private:
    void make()
    {
        if (made_.scene.empty())
            made_.scene = new_scene();
        const auto ask = [self = shared_from_this()](channel::Instance& instance, const channel::Done& done) {
            const channel::Invitation wanted{
                .account = self->made_.customer,
                .scene = self->made_.scene,
                .lifetime = self->draft_.lifetime,
            };
            instance.invite(wanted, done);
        };
        line_.begin(ask, [self = shared_from_this()](const channel::Result& result) {
            if (!result)
                self->answered_(problem_in(result));
            else if (!read_made(result.json, self->made_))
                self->answered_(Problem{"unavailable", "The channel has made one without a link."});
            else
                self->keep();
        });
    }

    void keep()
    {
        const auto work = [self = shared_from_this()](Records& records) {
            // Somebody may have asked for the same meanwhile: one of the two is enough.
            self->known_ = records.invitations().same(self->draft_);
            if (!self->known_)
                self->made_.id = records.invitations().add(self->made_);
        };
        store_.run(work, [self = shared_from_this()](const std::string& fault) {
            if (!fault.empty())
                self->answered_(Problem{"unavailable", "The host cannot store: " + fault});
            else
                self->answered_(Invited{self->known_.value_or(self->made_), !self->known_});
        });
    }

    Store& store_;
    Line& line_;
    const InvitationDraft draft_;
    const Host::Asked answered_;
    std::optional<Invitation> known_ = {};
    Invitation made_ = {};
};

}  // namespace

void Host::invite(InvitationDraft draft, Asked answered)
{
    auto* const line = parts_->line(draft.channel);
    if (!line)
        answered(Problem{"unknown_channel", "There is no such channel."});
    else if (!line->library().offers(CHANNEL_INVITE))
        answered(Problem{"unsupported", "The channel " + draft.channel + " has no invitations."});
    else
        std::make_shared<Inviting>(*parts_->store, *line, std::move(draft), std::move(answered))->look_up();
}

}  // namespace host
