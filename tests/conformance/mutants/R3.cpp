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
        for (int attempt = 1; attempt < 9; ++attempt)
            if (const auto name = text(item->id) + '.' + std::to_string(attempt);
                std::filesystem::exists(in_ / name))
                id = name;
        told.id = channel::str(id);
        return Mutant::offer(&told, token, error);
    }

    std::filesystem::path in_;
};

MUTANT(IdOfTheAttempt)
