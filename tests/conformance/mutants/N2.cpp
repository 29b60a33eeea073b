// Logs while it is being made.
#include "mutant.hpp"

class LogsInCreate : public Mutant {
    channel_status create(const channel_plugin& plugin, channel_str instance, channel_error* error) override
    {
        log(CHANNEL_LOG_INFO, channel::str("created"), channel::str("hello"), {});
        return Mutant::create(plugin, instance, error);
    }
};

MUTANT(LogsInCreate)
