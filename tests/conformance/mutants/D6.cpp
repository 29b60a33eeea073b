// A contact's third message overtakes the second, which waits behind the first.
#include "mutant.hpp"

#include <map>
#include <set>

class Overtakes : public Mutant {
    struct Held {
        std::string id, account, contact, sender, words;
    };

    channel_status send(const channel_message* message, channel_error* error) override
    {
        const auto contact = text(message->contact);
        if ((message->flags & CHANNEL_REPLAY) == 0 && message->content != nullptr
            && text(message->content->kind) == "text" && under_way_[contact] == 1 && !held_.contains(contact)
            && text(message->client_id).size() <= 255) {
            held_[contact] = {
                text(message->client_id),
                text(message->account),
                contact,
                text(message->sender),
                text(message->content->text)};
            later([this, contact] { later([this, contact] { release(contact); }); });
            return CHANNEL_OK;
        }
        const auto status = Mutant::send(message, error);
        if (status == CHANNEL_OK) {
            ++under_way_[contact];
            contact_[text(message->client_id)] = contact;
        }
        release(contact);
        return status;
    }
    channel_status cancel(channel_str client_id, channel_error* error) override
    {
        for (const auto& contact : contacts_held())
            release(contact);
        return Mutant::cancel(client_id, error);
    }
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        for (const auto& contact : contacts_held())
            release(contact);
        return Mutant::stop(grace_ms, op, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        const auto found = contact_.find(text(report->client_id));
        if (report->state >= CHANNEL_SENT && found != contact_.end()) {
            --under_way_[found->second];
            contact_.erase(found);
        }
        return Mutant::report(report, token, error);
    }

    std::set<std::string> contacts_held() const
    {
        std::set<std::string> all;
        for (const auto& [contact, held] : held_)
            all.insert(contact);
        return all;
    }

    void release(const std::string& contact)
    {
        const auto node = held_.extract(contact);
        if (!node)
            return;
        const auto& held = node.mapped();
        channel_content content{
            sizeof(channel_content), 0, channel::str("text"), channel::str(held.words), {}, {}, {}, 0, {}};
        const channel_message message{
            sizeof(channel_message),
            0,
            channel::str(held.id),
            channel::str(held.account),
            channel::str(held.contact),
            channel::str(held.sender),
            &content};
        channel_error error{};
        Mutant::send(&message, &error);
        ++under_way_[contact];
        contact_[held.id] = contact;
    }

    std::map<std::string, int> under_way_;
    std::map<std::string, Held> held_;
    std::map<std::string, std::string> contact_;
};

MUTANT(Overtakes)
