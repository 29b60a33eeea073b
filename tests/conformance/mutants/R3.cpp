// Takes the name of the attempt for the name of the letter.
#include "mutant.hpp"

class IdOfTheAttempt : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        in_ = provider_of(*settings) / "in";
        return Mutant::configure(settings, op, error);
    }
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        auto told = *item;
        std::string id = text(item->id);
        for (const auto& file : files_of(in_))
            if (file.stem() == text(item->id))
                id = file.filename().string();
        told.id = channel::str(id);
        return Mutant::offer(&told, token, error);
    }

    std::filesystem::path in_;
};

MUTANT(IdOfTheAttempt)
