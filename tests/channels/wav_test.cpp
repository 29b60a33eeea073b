#include "folder.hpp"
#include "voicemail/wav.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace channels::test;
using voicemail::wav_length;

struct Files : Folder {
    std::optional<std::chrono::milliseconds> length(const std::string& bytes)
    {
        write(path / "x.wav", bytes);
        return wav_length(path / "x.wav");
    }
};

BOOST_AUTO_TEST_SUITE(a_recording)

BOOST_FIXTURE_TEST_CASE(tells_how_long_it_plays, Files)
{
    BOOST_REQUIRE(length(wav(3)).has_value());
    BOOST_TEST(length(wav(3))->count() == 3000);
    // Other chunks stand before the sound, padded to even.
    auto with_list = wav(2);
    with_list.insert(12, "LIST" + little_endian(3, 4) + "abc" + std::string(1, '\0'));
    BOOST_REQUIRE(length(with_list).has_value());
    BOOST_TEST(length(with_list)->count() == 2000);
}

BOOST_FIXTURE_TEST_CASE(that_is_none_or_cut_short_or_of_another_codec_has_no_length, Files)
{
    BOOST_TEST(!wav_length(path / "none.wav").has_value());
    BOOST_TEST(!length("RIFF").has_value());
    BOOST_TEST(!length("not a recording at all, only a text").has_value());
    BOOST_TEST(!length(wav(1, 85)).has_value());  // MP3
    const auto whole = wav(0);
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(!length(whole.substr(0, size)).has_value(), size);
    auto no_speed = wav(1);
    no_speed.replace(28, 4, std::string(4, '\0'));
    BOOST_TEST(!length(no_speed).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
