// Leaves something on each thread that has called it, which keeps the library mapped for as long as the thread.
#include "mutant.hpp"

class StaysOnThreads : public Mutant {
    channel_status inspect(channel_str topic, const channel_sink* sink, channel_error* error) override
    {
        struct Leaves {
            ~Leaves() { touched = false; }
            bool touched = false;
        };
        thread_local Leaves leaves;
        leaves.touched = true;
        return Mutant::inspect(topic, sink, error);
    }
};

MUTANT(StaysOnThreads)
