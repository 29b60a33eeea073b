// What a file is by its bytes.
#include "media/format.hpp"
#include "media/samples.hpp"
#include "media/thumbnail.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace wechat;
using namespace wechat::media;
using namespace std::string_literals;

namespace {

struct Case {
    std::string name;
    std::string bytes;
    Format format;
};
std::ostream& operator<<(std::ostream& out, const Case& one)
{
    return out << one.name;
}

const std::string riff = "RIFF\x24\x00\x00\x00"s;

const std::vector<Case> known{
    {"jpeg, JFIF", samples::jpeg_head, jpeg},
    {"jpeg, Exif", "\xFF\xD8\xFF\xE1\x00\x10"s + "Exif", jpeg},
    {"png", samples::png_head, png},
    {"gif of 1987", "GIF87a\x01\x00\x01\x00"s, gif},
    {"gif of 1989", "GIF89a\x01\x00\x01\x00"s, gif},
    {"amr", samples::amr(1), amr},
    {"amr without a frame", samples::amr(0), amr},
    {"amr-wb", samples::amr_wb(1), amr_wb},
    {"mp3, a frame of MPEG-1", samples::mp3(1), mp3},
    {"mp3, a frame of MPEG-2", "\xFF\xF3\x14\xC0"s, mp3},
    {"mp3, a frame of MPEG-2.5", "\xFF\xE3\x14\xC0"s, mp3},
    {"mp3, with a checksum", "\xFF\xFA\x14\xC0"s, mp3},
    {"mp3 behind ID3", samples::id3(10) + samples::mp3(1), mp3},
    {"mp4, isom", samples::mp4_head, mp4},
    {"mp4, mp42", "\x00\x00\x00\x18"s + "ftypmp42", mp4},
    {"wav", riff + "WAVEfmt ", wav},
};

const std::vector<Case> misleading{
    {"nothing", "", unknown},
    {"one byte", "\xFF", unknown},
    {"jpeg, cut short", "\xFF\xD8", unknown},
    {"png, cut short", samples::png_head.substr(0, 7), unknown},
    {"png, its line end translated", "\x89PNG\n\x1A\n", unknown},
    {"gif, cut short", "GIF89", unknown},
    {"gif of another year", "GIF90a", unknown},
    {"amr, cut short", "#!AMR", unknown},
    {"amr of several channels", "#!AMR_MC1.0\n", unknown},
    {"amr-wb, its line end missing", "#!AMR-WB ", unknown},
    {"silk, which others call amr", "\x02#!SILK_V3", unknown},
    {"mp3, cut short", samples::mp3_frame.substr(0, 3), unknown},
    {"aac, whose frames begin like mp3's", "\xFF\xF1\x50\x80"s, unknown},
    {"mpeg audio, layer II", "\xFF\xFD\x14\xC0"s, unknown},
    {"mpeg audio, layer I", "\xFF\xFF\x14\xC0"s, unknown},
    {"a text in UTF-16", "\xFF\xFEh\x00i\x00"s, unknown},
    {"mp4, cut short", samples::mp4_head.substr(0, 11), unknown},
    {"QuickTime, which is no mp4", "\x00\x00\x00\x14"s + "ftypqt  ", unknown},
    {"webp, another RIFF", riff + "WEBPVP8 ", unknown},
    {"wav, cut short", riff + "WAV", unknown},
    {"a web page", "<html><body>Please log in</body></html>", unknown},
    {"JSON", R"({"errcode":40007})", unknown},
    {"pdf", "%PDF-1.7\n", unknown},
    {"svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", unknown},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_file)

BOOST_DATA_TEST_CASE(is_what_its_first_bytes_say, known, one)
{
    BOOST_TEST((format_of(one.bytes) == one.format), one.name);
}

BOOST_DATA_TEST_CASE(that_only_looks_like_something_is_unknown, misleading, one)
{
    BOOST_TEST((format_of(one.bytes) == unknown), one.name);
}

BOOST_AUTO_TEST_CASE(has_an_ending_that_begins_with_a_dot_and_belongs_to_its_format_alone)
{
    const std::vector formats{jpeg, png, gif, amr, amr_wb, mp3, mp4, wav, unknown};
    for (const auto& one : formats) {
        BOOST_TEST(one.extension.starts_with('.'));
        BOOST_TEST(std::ranges::count(formats, one.extension, &Format::extension) == 1);
        BOOST_TEST(std::ranges::count(formats, one.mime, &Format::mime) == 1);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_thumbnail)

BOOST_AUTO_TEST_CASE(is_a_jpeg_that_the_platform_takes)
{
    BOOST_TEST((format_of(thumbnail()) == jpeg));
    BOOST_TEST(thumbnail().size() <= 64U * 1024U);  // wechat-protocol.md 4.5: thumb 64 KB jpg
    BOOST_TEST(thumbnail().ends_with("\xFF\xD9"));
}

BOOST_AUTO_TEST_SUITE_END()
