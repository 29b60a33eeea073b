// Whatever bytes come: a value, or nothing, and no byte is read that is not there (ASan).
#include "media/amr.hpp"
#include "media/format.hpp"
#include "media/limits.hpp"
#include "media/mp3.hpp"
#include "media/playable.hpp"
#include "media/samples.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <random>

using namespace wechat;
using namespace wechat::media;
namespace data = boost::unit_test::data;

namespace {

std::string noise(std::mt19937& random, std::size_t most)
{
    std::string bytes(random() % (most + 1), '\0');
    for (auto& byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

// In a buffer of exactly its size, so that one byte too far is seen.
void are_read(const std::string& bytes)
{
    const std::vector<char> exact{bytes.begin(), bytes.end()};
    const std::string_view view{exact.data(), exact.size()};

    const auto format = format_of(view);
    BOOST_TEST_REQUIRE(!format.mime.empty());
    std::size_t in_frames = 0;
    for (const auto frame : amr_frames(view))
        in_frames += frame.size();
    BOOST_TEST_REQUIRE(in_frames <= view.size());
    if (const auto sound = playable(view))
        BOOST_TEST_REQUIRE(sound->bytes.size() > 44U);
    if (const auto length = mp3_length(view))
        BOOST_TEST_REQUIRE(length->count() >= 0);
    for (const auto kind : {Kind::image, Kind::voice, Kind::video})
        BOOST_TEST_REQUIRE(((judge(kind, view).why == Unfit::none) == judge(kind, view).words.empty()));
}

const std::vector<std::string> heads{
    "",
    samples::amr_magic,
    samples::amr_wb_magic,
    samples::mp3(4),
    samples::id3(40),
    samples::jpeg_head,
    samples::png_head,
    samples::mp4_head,
    "RIFF\x24\x10\x20\x30WAVEfmt ",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bytes_from_outside)

BOOST_DATA_TEST_CASE(are_read_or_refused_whatever_follows_a_good_beginning, data::xrange(heads.size()))
{
    std::mt19937 random{static_cast<unsigned>(20240613 + sample)};
    for (int i = 0; i < 150; ++i)
        are_read(heads[sample] + noise(random, 600));
}

BOOST_DATA_TEST_CASE(are_read_or_refused_wherever_they_are_cut, data::xrange(heads.size()))
{
    const auto whole = heads[sample] + samples::amr_frame + samples::mp3_frame;
    for (std::size_t size = 0; size <= whole.size(); ++size)
        are_read(whole.substr(0, size));
}

BOOST_AUTO_TEST_CASE(are_read_or_refused_whichever_of_them_is_changed)
{
    std::mt19937 random{20240613};
    for (auto bytes :
         {samples::amr(12), samples::amr_wb(8), samples::id3(8) + samples::mp3(2), samples::mp4()})
        for (auto& byte : bytes) {
            const auto good = byte;
            byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U + random() % 255U));
            are_read(bytes);
            byte = good;
        }
}

BOOST_AUTO_TEST_SUITE_END()
