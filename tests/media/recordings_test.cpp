// Voice: how long it is, how it sounds, and what of it a browser plays.
#include "media/amr.hpp"
#include "media/format.hpp"
#include "media/mp3.hpp"
#include "media/playable.hpp"
#include "media/samples.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::media;
using namespace std::chrono_literals;
using namespace std::string_literals;
namespace data = boost::unit_test::data;

BOOST_TEST_DONT_PRINT_LOG_VALUE(std::chrono::milliseconds)

namespace {

// A frame of a type: its header byte, and as many bytes of nothing as the type has.
std::string frame(int type, std::size_t bytes)
{
    return static_cast<char>(type << 3 | 4) + std::string(bytes - 1, '\0');
}

// Bytes of a frame by type, header included. RFC 4867; 3GPP TS 26.101, table A.1b and TS 26.201.
const std::vector<std::size_t> narrow{13, 14, 16, 18, 20, 21, 27, 32, 6};
const std::vector<std::size_t> wide{18, 24, 33, 37, 41, 47, 51, 59, 61, 6};

std::uint32_t number_at(const std::string& bytes, std::size_t at, std::size_t size)
{
    std::uint32_t number = 0;
    for (std::size_t i = size; i-- > 0;)
        number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(amr_frames_are)

BOOST_DATA_TEST_CASE(as_long_as_their_type_says, data::xrange(narrow.size()))
{
    const auto one = frame(static_cast<int>(sample), narrow[sample]);
    const auto bytes = samples::amr_magic + one + one + "\x3C";
    const auto frames = amr_frames(bytes);

    BOOST_TEST_REQUIRE(frames.size() == 2U);
    BOOST_TEST(frames[0] == one);
    BOOST_TEST(frames[1] == one);
}

BOOST_AUTO_TEST_CASE(one_byte_where_nothing_was_recorded)
{
    BOOST_TEST(amr_frames(samples::amr_magic + "\x7C\x7C\x7C").size() == 3U);
    BOOST_TEST(amr_frames(samples::amr_wb_magic + "\x7C\x74\x7C").size() == 3U);
}

BOOST_DATA_TEST_CASE(as_long_as_their_type_says_in_wide_band_too, data::xrange(wide.size()))
{
    const auto one = frame(static_cast<int>(sample), wide[sample]);

    BOOST_TEST(amr_frames(samples::amr_wb_magic + one + one).size() == 2U);
}

BOOST_DATA_TEST_CASE(none_of_a_type_that_does_not_exist, data::make({9, 10, 11, 12, 13, 14}))
{
    const auto bytes = samples::amr(2) + frame(sample, 13) + samples::amr_frame;

    BOOST_TEST(amr_frames(bytes).size() == 2U);
}

BOOST_AUTO_TEST_CASE(counted_up_to_one_that_is_cut_short)
{
    const auto whole = samples::amr(3);
    for (std::size_t cut = 1; cut < samples::amr_frame.size(); ++cut)
        BOOST_TEST(amr_frames(whole.substr(0, whole.size() - cut)).size() == 2U);
}

BOOST_DATA_TEST_CASE(counted_up_to_one_whose_padding_is_wrong, data::make({0x84, 0x05, 0x06, 0x87}))
{
    auto bytes = samples::amr(3);
    bytes[samples::amr_magic.size() + samples::amr_frame.size()] = static_cast<char>(sample);

    BOOST_TEST(amr_frames(bytes).size() == 1U);
}

BOOST_AUTO_TEST_CASE(none_behind_the_magic_alone)
{
    BOOST_TEST(amr_frames(samples::amr_magic).empty());
    BOOST_TEST(amr_frames(samples::amr_wb_magic).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_recording)

BOOST_AUTO_TEST_CASE(of_amr_plays_20_ms_a_frame)
{
    BOOST_TEST((length_of(samples::amr(1)) == 20ms));
    BOOST_TEST((length_of(samples::amr(3000)) == 60s));
    BOOST_TEST((length_of(samples::amr(3001)) == 60'020ms));
    BOOST_TEST((length_of(samples::amr_wb(50)) == 1s));
    BOOST_TEST((length_of(samples::amr(0)) == 0ms));
}

BOOST_AUTO_TEST_CASE(of_mp3_plays_as_long_as_its_frames)
{
    BOOST_TEST((mp3_length(samples::mp3(100)) == 2400ms));
    BOOST_TEST((length_of(samples::mp3(2500)) == 60s));
}

BOOST_AUTO_TEST_CASE(of_mp3_is_no_longer_for_a_tag_in_front)
{
    BOOST_TEST((length_of(samples::id3(500) + samples::mp3(100)) == 2400ms));
    BOOST_TEST((length_of(samples::id3(20'000) + samples::mp3(100)) == 2400ms));
}

BOOST_AUTO_TEST_CASE(of_mp3_of_another_rate_plays_as_long_as_its_samples)
{
    // MPEG-2 layer III, 8 kbit/s, 24 kHz, one channel: 72 * 8000 / 24000 bytes, 576 samples, 24 ms.
    const auto quiet = "\xFF\xF3\x14\xC0"s + std::string(20, '\0');

    BOOST_TEST((mp3_length(samples::repeated(quiet, 50)) == 1200ms));
}

BOOST_AUTO_TEST_CASE(that_is_none_has_no_length)
{
    BOOST_TEST(!mp3_length("").has_value());
    BOOST_TEST(!mp3_length("no sound at all").has_value());
    BOOST_TEST(!mp3_length(samples::id3(500)).has_value());
    BOOST_TEST(!mp3_length(std::string(100'000, '\0')).has_value());
    BOOST_TEST(!length_of(samples::jpeg()).has_value());
    BOOST_TEST(!length_of("").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(decoded)

BOOST_AUTO_TEST_CASE(a_frame_of_amr_gives_160_samples_at_8_khz)
{
    const auto sound = decode_amr(samples::amr(5));

    BOOST_TEST(sound.rate == 8000);
    BOOST_TEST(sound.samples.size() == 5U * 160U);
}

BOOST_AUTO_TEST_CASE(a_frame_of_amr_wb_gives_320_samples_at_16_khz)
{
    const auto sound = decode_amr(samples::amr_wb(5));

    BOOST_TEST(sound.rate == 16000);
    BOOST_TEST(sound.samples.size() == 5U * 320U);
}

BOOST_AUTO_TEST_CASE(every_type_of_frame_gives_as_many)
{
    std::string bytes = samples::amr_magic;
    for (std::size_t type = 0; type < narrow.size(); ++type)
        bytes += frame(static_cast<int>(type), narrow[type]);
    std::string wide_bytes = samples::amr_wb_magic;
    for (std::size_t type = 0; type < wide.size(); ++type)
        wide_bytes += frame(static_cast<int>(type), wide[type]);

    BOOST_TEST(decode_amr(bytes).samples.size() == narrow.size() * 160U);
    BOOST_TEST(decode_amr(wide_bytes).samples.size() == wide.size() * 320U);
}

BOOST_AUTO_TEST_CASE(what_has_no_frame_gives_no_sound)
{
    BOOST_TEST(decode_amr(samples::amr(0)).samples.empty());
    BOOST_TEST(decode_amr("").samples.empty());
    BOOST_TEST(decode_amr(samples::amr_magic + "\xFF\xFF").samples.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(for_a_browser)

BOOST_AUTO_TEST_CASE(amr_becomes_a_wav_whose_header_tells_the_truth)
{
    const auto sound = playable(samples::amr(50));

    BOOST_TEST_REQUIRE(sound.has_value());
    BOOST_TEST((sound->format == wav));
    const auto& bytes = sound->bytes;
    BOOST_TEST_REQUIRE(bytes.size() == 44U + 50U * 160U * 2U);
    BOOST_TEST(bytes.substr(0, 4) == "RIFF");
    BOOST_TEST(number_at(bytes, 4, 4) == bytes.size() - 8U);
    BOOST_TEST(bytes.substr(8, 8) == "WAVEfmt ");
    BOOST_TEST(number_at(bytes, 16, 4) == 16U);     // bytes of this part
    BOOST_TEST(number_at(bytes, 20, 2) == 1U);      // PCM
    BOOST_TEST(number_at(bytes, 22, 2) == 1U);      // channels
    BOOST_TEST(number_at(bytes, 24, 4) == 8000U);   // samples a second
    BOOST_TEST(number_at(bytes, 28, 4) == 16000U);  // bytes a second
    BOOST_TEST(number_at(bytes, 32, 2) == 2U);      // bytes of a sample of all channels
    BOOST_TEST(number_at(bytes, 34, 2) == 16U);     // bits of a sample
    BOOST_TEST(bytes.substr(36, 4) == "data");
    BOOST_TEST(number_at(bytes, 40, 4) == bytes.size() - 44U);
    BOOST_TEST((format_of(bytes) == wav));
}

BOOST_AUTO_TEST_CASE(amr_wb_becomes_one_of_twice_the_rate)
{
    const auto sound = playable(samples::amr_wb(50));

    BOOST_TEST_REQUIRE(sound.has_value());
    BOOST_TEST(number_at(sound->bytes, 24, 4) == 16000U);
    BOOST_TEST(number_at(sound->bytes, 28, 4) == 32000U);
    BOOST_TEST(sound->bytes.size() == 44U + 50U * 320U * 2U);
}

BOOST_AUTO_TEST_CASE(the_samples_are_those_of_the_decoder_lowest_byte_first)
{
    const auto recording = samples::amr_magic + samples::repeated(frame(7, 32), 20);
    const auto sound = decode_amr(recording);
    const auto bytes = playable(recording)->bytes;

    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        BOOST_TEST_REQUIRE(number_at(bytes, 44 + 2 * i, 2) == static_cast<std::uint16_t>(sound.samples[i]));
}

BOOST_AUTO_TEST_CASE(what_it_plays_already_or_nobody_can_decode_stays_as_it_is)
{
    BOOST_TEST(!playable(samples::mp3(10)).has_value());
    BOOST_TEST(!playable(samples::jpeg()).has_value());
    BOOST_TEST(!playable("").has_value());
    BOOST_TEST(!playable(samples::amr(0)).has_value());
    BOOST_TEST(!playable(samples::amr_magic + "garbage").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
