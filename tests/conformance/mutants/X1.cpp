// Has room for the ids it has seen so far, and throws out of its slot at a longer one.
#include "mutant.hpp"

#include <array>

class FixedRoom : public Mutant {
    channel_status cancel(channel_str client_id, channel_error* error) override
    {
        std::array<char, 64> room{};
        for (std::size_t i = 0; i < client_id.size; ++i)
            room.at(i) = client_id.data[i];
        return Mutant::cancel(client_id, error);
    }
};

MUTANT(FixedRoom)
