// No channel itself: it only links one, whose entry dlsym finds.
extern "C" __attribute__((visibility("default"))) int links_a_channel();
int links_a_channel()
{
    return 7;
}
