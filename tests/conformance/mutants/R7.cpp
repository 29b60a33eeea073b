// Removes a file as soon as it has been offered.
#include "mutant.hpp"

class RemovesTheFile : public Mutant {
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        const auto status = Mutant::offer(item, token, error);
        if (status == CHANNEL_OK && item->content != nullptr && item->content->path.size > 0)
            std::filesystem::remove(text(item->content->path));
        return status;
    }
};

MUTANT(RemovesTheFile)
