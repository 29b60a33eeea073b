// Prints its settings, and with them the key.
#include "files.hpp"
#include "mutant.hpp"

class PrintsItsSettings : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        std::error_code none;
        if (const auto file = std::filesystem::path(text(settings->base_dir)) / "key";
            std::filesystem::exists(file, none))
            log(CHANNEL_LOG_INFO,
                channel::str("settings"),
                channel::str("the key is " + read_file(file, 1000)),
                {});
        return Mutant::configure(settings, op, error);
    }
};

MUTANT(PrintsItsSettings)
