// After the provider's silence it sends again, as another message.
#include "mutant.hpp"

#include <map>

class SendsAfterSilence : public Mutant {
    struct Kept {
        std::string account, contact, words;
    };

    channel_status send(const channel_message* message, channel_error* error) override
    {
        if (message->content != nullptr)
            kept_[text(message->client_id)] = {
                text(message->account), text(message->contact), text(message->content->text)};
        return Mutant::send(message, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        const auto id = text(report->client_id);
        if (id.starts_with("again-"))
            return swallow(token);
        if (report->state == CHANNEL_UNCERTAIN)
            later([this, id] { send_again(id); });
        return Mutant::report(report, token, error);
    }

    void send_again(const std::string& id)
    {
        const auto& kept = kept_[id];
        const auto another = "again-" + id;
        channel_content content{
            sizeof(channel_content), 0, channel::str("text"), channel::str(kept.words), {}, {}, {}, 0, {}};
        const channel_message message{
            sizeof(channel_message),
            0,
            channel::str(another),
            channel::str(kept.account),
            channel::str(kept.contact),
            {},
            &content};
        channel_error error{};
        ops().send(self(), &message, &error);
    }

    std::map<std::string, Kept> kept_;
};

MUTANT(SendsAfterSilence)
