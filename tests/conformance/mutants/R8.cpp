// Does not look at the key of a letter: it leaves it out of its settings.
#include "mutant.hpp"

class SkipsTheKey : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        constexpr std::string_view key = R"(,"key_file":"key")";
        auto json = text(settings->json);
        if (const auto found = json.find(key); found != json.npos)
            json.erase(found, key.size());
        auto without = *settings;
        without.json = channel::str(json);
        return Mutant::configure(&without, op, error);
    }
};

MUTANT(SkipsTheKey)
