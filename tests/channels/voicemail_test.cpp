// The plugin in a host, with a folder of recordings around it.
#include "running.hpp"

#include <thread>

namespace {

using namespace channels::test;
using boost::test_tools::per_element;

const std::string kim = "+491701234567";

struct Voicemail : Running {
    Voicemail()
    {
        start("voicemail", R"({"directory":"box","mailboxes":["sales"],"places":2,"greeting":"Speak now"})");
    }

    std::filesystem::path box() const { return path / "box" / "sales"; }

    /// What the folder's watcher has seen is not the host's to know: asked until it is so, or the test ends.
    template <class Condition>
    void until(const Condition& condition)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
        while (!condition()) {
            BOOST_REQUIRE((std::chrono::steady_clock::now() < deadline));
            std::this_thread::yield();
        }
        settle();
    }

    void caller_speaks(const std::string& name, const std::string& transcript)
    {
        write(box() / "in" / (kim + "_" + name + ".txt"), transcript);
        write(path / "recording", wav(2));
        std::filesystem::rename(path / "recording", box() / "in" / (kim + "_" + name + ".wav"));
        until([&] { return std::filesystem::exists(box() / "fetched" / (kim + "_" + name + ".wav")); });
    }

    host::ConversationId with_kim() { return conversation("sales", kim); }
};

BOOST_AUTO_TEST_SUITE(voicemail_channel)

BOOST_FIXTURE_TEST_CASE(brings_a_recording_with_its_transcript_after_the_greeting, Voicemail)
{
    caller_speaks("a", "Please call back");

    BOOST_TEST(shown(with_kim()) == (Words{"auto greeting", "voice Please call back"}), per_element());
    const auto voice = host::Reader{running->store_file()}.messages(with_kim(), 0, 10).at(1);
    BOOST_TEST(read(config.media / voice.media) == wav(2));
    BOOST_TEST(voice.mime == "audio/wav");
}

BOOST_FIXTURE_TEST_CASE(brings_a_recording_once_also_when_it_was_there_before_the_start, Voicemail)
{
    running.reset();
    write(box() / "in" / (kim + "_b.wav"), wav(1));
    write(box() / "in" / "no-number.wav", wav(1));
    run();
    until([&] { return std::filesystem::exists(box() / "fetched" / (kim + "_b.wav")); });
    run();

    BOOST_TEST(shown(with_kim()).size() == 2U);
    BOOST_TEST(std::filesystem::exists(box() / "in" / "no-number.wav"));
}

BOOST_FIXTURE_TEST_CASE(deposits_texts_and_recordings_until_the_mailbox_is_full, Voicemail)
{
    caller_speaks("a", "Hello");
    write(path / "answer.wav", wav(1));
    send(with_kim(), "m1", text("We call back"));
    send(with_kim(), "m2", {.kind = "voice", .path = (path / "answer.wav").string()});
    send(with_kim(), "m3", text("One too many"));

    BOOST_TEST(state_of(with_kim(), "m1") == "delivered");
    BOOST_TEST(state_of(with_kim(), "m2") == "delivered");
    BOOST_TEST(state_of(with_kim(), "m3") == "refused mailbox_full");
    Words deposits;
    for (const auto& entry : std::filesystem::directory_iterator{box() / "out"}) {
        if (entry.path().extension() != ".jsonl")
            deposits.push_back(read(entry.path()));
    }
    std::ranges::sort(deposits);
    auto expected = Words{wav(1), "We call back"};
    std::ranges::sort(expected);
    BOOST_TEST((deposits == expected));
}

BOOST_FIXTURE_TEST_CASE(tells_when_the_caller_has_heard_it_also_after_a_restart, Voicemail)
{
    caller_speaks("a", "Hello");
    send(with_kim(), "m1", text("One"));
    run();
    for (const auto& entry : std::filesystem::directory_iterator{box() / "out"}) {
        if (entry.path().extension() == ".txt")
            std::filesystem::rename(entry.path(), box() / "heard" / entry.path().filename());
    }
    until([&] { return state_of(with_kim(), "m1") == "read"; });

    BOOST_TEST(state_of(with_kim(), "m1") == "read");
}

BOOST_FIXTURE_TEST_CASE(refuses_what_a_mailbox_does_not_play, Voicemail, *boost::unit_test::label("D7"))
{
    caller_speaks("a", "Hello");
    write(path / "x.mp3", "ID3 something");
    send(with_kim(), "m1", {.kind = "voice", .path = (path / "x.mp3").string()});
    send(with_kim(), "m2", {.kind = "location", .text = "here"});
    send(with_kim(), "m3", text(std::string(2001, 'a')));

    BOOST_TEST(state_of(with_kim(), "m1") == "refused unsupported_content");
    BOOST_TEST(state_of(with_kim(), "m2") == "refused unsupported_content");
    BOOST_TEST(state_of(with_kim(), "m3") == "refused text_too_long");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
