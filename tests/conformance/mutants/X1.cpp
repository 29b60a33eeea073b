// Copies an id into room that was enough so far.
#include "mutant.hpp"

#include <cstring>

class FixedRoom : public Mutant {
    channel_status cancel(channel_str client_id, channel_error* error) override
    {
        char room[64];
        auto* const volatile hidden = room;  // or the compiler would see it coming
        std::memcpy(hidden, client_id.data, client_id.size);
        return Mutant::cancel(client_id, error);
    }
};

MUTANT(FixedRoom)
