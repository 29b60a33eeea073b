// A good channel but for its link: without add_channel_plugin() it shares the host's libstdc++.
#include <stdexcept>

void throws();
void throws()
{
    throw std::runtime_error("anything, so that the runtime is needed");
}
