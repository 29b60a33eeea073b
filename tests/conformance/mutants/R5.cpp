// Offers the next letter of a contact while the one before waits for settle.
#include "files.hpp"
#include "mutant.hpp"

class OffersAllAtOnce : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        in_ = provider_of(*settings) / "in";
        return Mutant::configure(settings, op, error);
    }
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        const auto status = Mutant::offer(item, token, error);
        if (status == CHANNEL_OK && ++offers_ < 100)
            offer_next(text(item->id), text(item->contact));
        return status;
    }

    void offer_next(const std::string& id, const std::string& contact)
    {
        for (const auto& file : files_of(in_)) {
            if (file.extension() != ".1" || file.stem() <= id)
                continue;
            const auto letter = Letters::read(file);
            if (letter.contact != contact)
                continue;
            channel_content content{
                sizeof(channel_content),
                0,
                channel::str("text"),
                channel::str(letter.text),
                {},
                {},
                {},
                0,
                {}};
            channel_item next{};
            next.struct_size = sizeof next;
            next.kind = CHANNEL_MESSAGE;
            next.id = channel::str(letter.id);
            next.account = channel::str("one");
            next.contact = channel::str(letter.contact);
            next.happened_ms = channel::ms_of(letter.written);
            next.content = &content;
            channel_error error{};
            Mutant::offer(&next, ++own_token_, &error);
            return;
        }
    }

    std::filesystem::path in_;
    channel_token own_token_ = 1000;
    int offers_ = 0;
};

MUTANT(OffersAllAtOnce)
