// Opens its store already when settings are only tried.
#include "files.hpp"
#include "mutant.hpp"

class OpensWhenItValidates : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        if (settings->mode == CHANNEL_VALIDATE)
            std::filesystem::create_directories(
                std::filesystem::path(text(settings->base_dir)) / "opened.store"
            );
        if (settings->mode == CHANNEL_VALIDATE)
            write_durably(std::filesystem::path(text(settings->base_dir)) / "opened.store" / "lock", "mine");
        return Mutant::configure(settings, op, error);
    }
};

MUTANT(OpensWhenItValidates)
