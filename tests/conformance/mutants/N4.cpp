// Reads a member that hosts of 1.0 do not have, without looking at their size.
#include "mutant.hpp"

class ReadsFurther : public Mutant {
    channel_status create(const channel_plugin& plugin, channel_str instance, channel_error* error) override
    {
        using Slot = const volatile std::uint64_t*;
        [[maybe_unused]] const auto unknown =
            *reinterpret_cast<Slot>(reinterpret_cast<const char*>(&host()) + sizeof(channel_host));
        return Mutant::create(plugin, instance, error);
    }
};

MUTANT(ReadsFurther)
